// What a thread of a program is made from: its code in one file, and the interpreter, which is WebAssembly.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const WASM = '@jitl/quickjs-wasmfile-release-sync/wasm';

/** How everything is bundled. */
export const bundling = (root) => ({
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  absWorkingDir: root,
  logLevel: 'warning',
});

/** The two files by name, and the paths of what went into the first. */
export async function programFiles(root, options = {}) {
  const { metafile, outputFiles } = await build({
    ...bundling(root),
    target: 'node20.19',
    metafile: true,
    ...options,
    entryPoints: [join(root, 'src/programs/worker.ts')],
  });
  const wasm = readFileSync(createRequire(join(root, 'package.json')).resolve(WASM));
  return {
    files: [
      ['program.mjs', outputFiles[0].contents],
      ['quickjs.wasm', wasm],
    ],
    inputs: Object.keys(metafile.inputs),
  };
}
