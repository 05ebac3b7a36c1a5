// What a bundle holds of `dist/`: the server for one host and one account, smaller than the package.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/** What only the sandbox serves. */
const MEDIA = /\.(?:webm|mp4|m4v)$/;

/** Chunks of commands that no bundle runs, by the name that the build gives them. */
const LEFT_OUT = /\/(?:serve|http|connect|disconnect|doctor)-\w+\.mjs$/;
const SAYS = 'this bundle serves one host with one account; the package has the other commands';

const withoutOtherCommands = {
  name: 'without other commands',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LEFT_OUT }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, namespace: 'left-out' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: `throw new Error(${JSON.stringify(SAYS)});` }));
  },
};

/** The files of the server, by their paths in the bundle's folder for it. */
export async function serverFiles(dist) {
  const { outputFiles } = await build({
    entryPoints: ['iconik-mcp', 'program'].map((name) => join(dist, `${name}.mjs`)),
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    write: false,
    logLevel: 'warning',
    minify: true,
    // Shorter lines cost three hundredths of the size: Node prints the one that threw.
    lineLimit: 4_000,
    plugins: [withoutOtherCommands],
  });
  const code = outputFiles.map(({ path, contents }) => [relative(dist, path), Buffer.from(contents)]);
  const others = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.mjs$|\.\d+$/.test(entry.name) && !MEDIA.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(dist, path), readFileSync(path)]);
  return new Map([...code, ...others].map(([path, contents]) => [path.replaceAll('\\', '/'), contents]));
}
