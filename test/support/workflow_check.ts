import { build } from 'esbuild';

interface Service {
  readonly validate: (document: unknown) => Promise<readonly { readonly message: string }[]>;
  readonly TextDocument: { create(uri: string, language: string, version: number, text: string): unknown };
}

/** Built, as it imports JSON in a way that Node.js refuses. */
async function loadService(): Promise<Service> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { validate } from '@actions/languageservice'; export { TextDocument } from 'vscode-languageserver-textdocument';`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // A package inside is CommonJS.
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire('file:///');` },
    write: false,
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`);
}

let service: Promise<Service> | undefined;
let documents = 0;

/** What GitHub's own support for editors finds wrong in the text of a workflow, a sentence each. */
export async function faultsInWorkflow(text: string): Promise<string[]> {
  service ??= loadService();
  const { validate, TextDocument } = await service;
  // It remembers what it has read by the address.
  documents += 1;
  const found = await validate(TextDocument.create(`file:///.github/workflows/${documents}.yml`, 'yaml', 1, text));
  return found.map(({ message }) => message);
}
