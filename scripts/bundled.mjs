// What is known of the packages inside the bundle: name, version, licence.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Licences that let us ship the code inside ours. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
]);

/** Every package that has a file in the bundle, by name. Throws where a licence is missing or not allowed. */
export function packagesOf(inputs, root) {
  const folders = inputs.filter((input) => input.includes('node_modules/')).map((input) => folderOf(join(root, input)));
  return [...new Set(folders)].map(read).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function folderOf(file) {
  let folder = dirname(file);
  while (!isPackage(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Some packages carry a nameless package.json in a folder of theirs, only to say how it is loaded. */
const isPackage = (path) => existsSync(path) && Boolean(JSON.parse(readFileSync(path, 'utf8')).name);

function read(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$|-)/i.test(entry));
  if (!file || !ALLOWED.has(license))
    throw new Error(`${name}: ${file ? `the licence ${license}` : 'no licence file'}`);
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() };
}

export const licences = (packages) =>
  packages
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);

const purl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** A CycloneDX 1.6 document: what audits read, as the packages inside are no dependencies that npm could see. */
export function sbom(own, packages) {
  const main = { type: 'application', 'bom-ref': purl(own), name: own.name, version: own.version, purl: purl(own) };
  const components = packages.map(({ name, version, license }) => ({
    type: 'library',
    'bom-ref': purl({ name, version }),
    name,
    version,
    licenses: [{ license: { id: license } }],
    purl: purl({ name, version }),
  }));
  const dependencies = [{ ref: purl(own), dependsOn: components.map(({ purl: ref }) => ref) }];
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: main },
    components,
    dependencies,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
