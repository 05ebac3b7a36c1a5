// The pages of MCP Apps: of each folder in `src/apps` with a `page.ts` one HTML document that holds all it needs.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const titleOf = (name) => `${name[0].toUpperCase()}${name.slice(1)} of Iconik`;

/** `apps/NAME.html` and its contents, of each page. */
export async function pageFiles(root) {
  const apps = join(root, 'src/apps');
  const names = readdirSync(apps).filter((name) => existsSync(join(apps, name, 'page.ts')));
  return Promise.all(names.map(async (name) => [`apps/${name}.html`, Buffer.from(await pageOf(apps, name))]));
}

async function pageOf(apps, name) {
  const { outputFiles } = await build({
    entryPoints: [join(apps, name, 'page.ts')],
    outdir: apps,
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const [script, style] = ['.js', '.css'].map((end) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${titleOf(name)}</title><style>${style}</style></head>`,
    `<body><main id="page"></main><script type="module">${script}</script></body></html>\n`,
  ].join('');
}
