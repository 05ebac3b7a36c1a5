import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const FILES = ['THIRD-PARTY-LICENSES.txt', 'iconik-mcp.mjs', 'iconik-mcp.cjs'];
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

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

mkdirSync(dist, { recursive: true });
// What another build is just writing (see `put`) stays.
for (const left of readdirSync(dist)) {
  if (!FILES.includes(left) && !/\.\d+$/.test(left)) rmSync(join(dist, left), { recursive: true });
}

const { metafile, outputFiles } = await build({
  entryPoints: [join(root, 'src/main.ts')],
  outfile: join(dist, 'iconik-mcp.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  metafile: true,
  write: false,
  minifySyntax: true,
  minifyWhitespace: true,
  // Node prints the line that threw: it should not be the whole file.
  lineLimit: 160,
  legalComments: 'none',
  define: { __VERSION__: JSON.stringify(version) },
  // ajv is CommonJS: what it requires of Node has to be there in an ES module.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  absWorkingDir: root,
});

put(FILES[0], licences(Object.keys(metafile.inputs)));
put(FILES[1], outputFiles[0].contents);
put(FILES[2], readFileSync(join(root, 'scripts/launcher.cjs')), 0o755);

/** In one piece: a build never takes the file away from a server that is just being started. */
function put(name, contents, mode = 0o644) {
  const draft = join(dist, `${name}.${process.pid}`);
  writeFileSync(draft, contents);
  chmodSync(draft, mode);
  renameSync(draft, join(dist, name));
}

/** The licence of every package that has a file in the bundle. Throws where one is missing or not allowed. */
function licences(inputs) {
  const folders = new Set(
    inputs.filter((input) => input.includes('node_modules/')).map((input) => packageFolder(join(root, input))),
  );
  return [...folders]
    .sort()
    .map(licence)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function packageFolder(file) {
  let folder = dirname(file);
  while (!isPackage(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Some packages carry a nameless package.json in a folder of theirs, only to say how it is loaded. */
function isPackage(path) {
  return existsSync(path) && Boolean(JSON.parse(readFileSync(path, 'utf8')).name);
}

function licence(folder) {
  const { name, version: own, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$|-)/i.test(entry));
  if (!file || !ALLOWED.has(license))
    throw new Error(`${name}: ${file ? `the licence ${license}` : 'no licence file'}`);
  return `${name} ${own} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
