// The manifest of a bundle: what Claude Desktop shows of the server, asks the person for, and starts.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { siteOf } from '../manifests/server.mjs';
import { filledIn, formFields } from '../manifests/settings.mjs';

const ABOUT = `Ask in your own words, by title, label and timecode: find footage, look at frames, read transcripts and comments, log, fill in metadata, cut sub-clips, manage versions, check jobs. Before anything is deleted, or several things change, you see a plan.

The server runs on this computer. It talks to your Iconik and to the storages that Iconik names, and to nobody else; it collects nothing about you. What the tools answer goes to the model that you use. PRIVACY.md in the bundle says more.`;

/** The folder of the server in a bundle. */
export const SERVER = 'server';

/**
 * The manifest of the package `own`, with the tools that the built server `binary` lists. Throws if it does not start.
 */
export async function manifestOf(own, binary) {
  const entry = `${SERVER}/iconik-mcp.cjs`;
  const site = siteOf(own);
  return {
    manifest_version: '0.3',
    name: own.name,
    display_name: 'Iconik',
    version: own.version,
    description: own.description,
    long_description: ABOUT,
    author: { name: own.author },
    repository: { type: 'git', url: own.repository.url.replace(/^git\+/, '') },
    homepage: own.homepage,
    documentation: `${site}/blob/main/docs/hosts/claude-desktop.md`,
    support: own.bugs.url,
    icon: 'icon.png',
    icons: [{ src: 'icon.png', size: '512x512' }],
    server: {
      type: 'node',
      entry_point: entry,
      mcp_config: {
        command: 'node',
        args: [`\${__dirname}/${entry}`],
        env: filledIn,
      },
    },
    tools: (await toolsOf(binary)).map(({ name, title }) => ({ name, description: title })),
    keywords: own.keywords,
    license: own.license,
    privacy_policies: [`${site}/blob/main/docs/privacy.md`],
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: own.engines.node } },
    user_config: formFields,
  };
}

async function toolsOf(binary) {
  const client = new Client({ name: 'iconik-mcp-bundle', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [binary, '--sandbox'] }));
  const { tools } = await client.listTools();
  await client.close();
  return tools;
}
