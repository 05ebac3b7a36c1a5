// Builds `dist/`: the server and what it loads later, each file bundled with the packages that it needs, and a list of
// these packages with their licences.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { builtins } from './builtins.mjs';
import { licences, packagesOf, sbom } from './bundled.mjs';
import { pageFiles } from './pages.mjs';
import { bundling, programFiles } from './program.mjs';

const root = resolve(import.meta.dirname, '..');
const FACTS = 'facts-2026.json';
const dist = join(root, 'dist');
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const common = bundling(root);

const minified = {
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  // Node prints the line that threw: it should not be the whole file.
  lineLimit: 160,
  legalComments: 'none',
};
const program = await programFiles(root, minified);

const main = join(root, 'src/main.ts');

/**
 * Code that the start shares with what is loaded later is split into a chunk for each set of files that use it, and a dozen
 * files take longer to load than one. Here whatever is loaded later uses all of the start, which is there by then.
 */
const startInOnePiece = {
  name: 'start in one piece',
  setup({ onLoad, onResolve, resolve: find }) {
    const later = new Set();
    onResolve({ filter: /^\./ }, async ({ kind, path, resolveDir, importer, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData?.isFound) return undefined;
      const found = await find(path, { kind, resolveDir, importer, pluginData: { isFound: true } });
      later.add(found.path);
      return found;
    });
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      later.has(path)
        ? { contents: `${readFileSync(path, 'utf8')}\nimport ${JSON.stringify(main)};`, loader: 'ts' }
        : undefined,
    );
  },
};

const tools = await toolsAsData();
const listing = Buffer.from(tools.entries.map(({ name }) => JSON.stringify(tools.listing[name])).join('\n'));
// As a chunk: where an update takes it away, a server that still runs reads no other version's.
const LISTING = `tools-${createHash('sha256').update(listing).digest('hex').slice(0, 8).toUpperCase()}.jsonl`;

const { metafile, outputFiles } = await build({
  ...common,
  ...minified,
  entryPoints: { 'iconik-mcp': main },
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  // What is imported with `import()` becomes a file of its own, loaded when it is needed.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // The SDKs check answers to forms with ajv, and list Zod 3 schemas; `mcp.ts` and `modern.ts` have neither.
  alias: {
    ...Object.fromEntries(
      ['ajv', 'ajv-formats', 'zod-to-json-schema', '@modelcontextprotocol/server/_shims'].map((unused) => [
        unused,
        './scripts/nothing.mjs',
      ]),
    ),
    debug: './scripts/silent.mjs',
    // Its CommonJS form loads its parts by names that no bundler sees.
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
  },
  plugins: [builtins, startInOnePiece],
  metafile: true,
  define: {
    // The code that starts programs is in a chunk.
    __PROGRAM_FILE__: JSON.stringify('../program.mjs'),
    // So is what reads pages.
    __PAGES_FOLDER__: JSON.stringify('../apps/'),
    __VERSION__: JSON.stringify(version),
    __TOOL_LISTING__: JSON.stringify(`./${LISTING}`),
    __TOOL_ENTRIES__: JSON.stringify(JSON.stringify(tools.entries)),
    __SEARCH_INDEX__: JSON.stringify(JSON.stringify(await searchIndex())),
  },
});

const packages = packagesOf([...Object.keys(metafile.inputs), ...program.inputs], root);
const files = new Map([
  ...outputFiles.map(({ path, contents }) => [relative(dist, path), contents]),
  ...program.files,
  ...(await pageFiles(root)),
  // Next to the chunks that read them.
  [`chunks/${FACTS}`, readFileSync(join(root, 'src/catalogue', FACTS))],
  ['chunks/clip.mp4', readFileSync(join(root, 'src/sandbox/storage/clip.mp4'))],
  [`chunks/${LISTING}`, listing],
  ['THIRD-PARTY-LICENSES.txt', licences(packages)],
  ['sbom.cdx.json', sbom({ name, version }, packages)],
  ['iconik-mcp.cjs', readFileSync(join(root, 'scripts/launcher.cjs'))],
]);
// First what is loaded later, so that no server is started that misses a part.
for (const [path, contents] of [...files].sort(([a], [b]) => b.split('/').length - a.split('/').length)) {
  put(path, contents, path.endsWith('.cjs') ? 0o755 : 0o644);
}
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const path = relative(dist, join(entry.parentPath, entry.name));
  // What another build is just writing (see `put`) stays.
  if (entry.isFile() && !files.has(path) && !/\.\d+$/.test(path)) rmSync(join(dist, path), { force: true });
}

/** The tools as `initialize` and `tools/list` need them, so that the server starts without the code that makes them. */
async function toolsAsData() {
  const { toolsets, toolEntries, listingOf } = await made(
    `export { toolsets } from './src/tools/index.ts'; export { listingOf, toolEntries } from './src/server/schema.ts';`,
  );
  return { entries: toolEntries(toolsets), listing: listingOf(toolsets) };
}

/** What the search over Iconik's operations looks things up in: to make it takes longer than a first call may. */
async function searchIndex() {
  const { buildIndex } = await made(`export { buildIndex } from './src/catalogue/search/build.ts';`);
  const { operations } = JSON.parse(readFileSync(join(root, 'src/catalogue', FACTS), 'utf8'));
  return buildIndex(Object.keys(operations));
}

/** A module of the sources, built and loaded. */
async function made(contents) {
  const { outputFiles } = await build({ ...common, stdin: { contents, resolveDir: root } });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** In one piece: a build never takes the file away from a server that is just being started. */
function put(path, contents, mode) {
  const draft = join(dist, `${path}.${process.pid}`);
  mkdirSync(dirname(draft), { recursive: true });
  writeFileSync(draft, contents);
  chmodSync(draft, mode);
  renameSync(draft, join(dist, path));
}
