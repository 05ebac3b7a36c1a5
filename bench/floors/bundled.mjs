import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** A floor in one file of `folder`, made as `scripts/build.mjs` makes ours: without the packages that neither uses. */
export async function bundledFloor(name, folder) {
  const outfile = join(folder, name);
  await build({
    entryPoints: [join(import.meta.dirname, name)],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    alias: Object.fromEntries(
      ['ajv', 'ajv-formats', 'zod-to-json-schema'].map((unused) => [unused, './scripts/nothing.mjs']),
    ),
  });
  return outfile;
}
