// The manifest of a bundle: what Claude Desktop shows of the server, asks the person for, and starts.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

/** What a person fills in, by the environment variable that it becomes. */
const ASKED = {
  ICONIK_APP_ID: {
    key: 'app_id',
    type: 'string',
    title: 'App ID',
    description: 'Iconik: Admin > Settings > Application Tokens. The App ID of the application that you add there.',
    required: true,
    sensitive: true,
  },
  ICONIK_AUTH_TOKEN: {
    key: 'auth_token',
    type: 'string',
    title: 'Token',
    description: 'The token of that application. Iconik shows it once. It acts with the rights of its user.',
    required: true,
    sensitive: true,
  },
  ICONIK_BASE_URL: {
    key: 'base_url',
    type: 'string',
    title: 'Address of Iconik',
    description: 'Change it only if your company has an address of its own.',
    required: false,
    default: 'https://app.iconik.io',
  },
};

const ABOUT = `Ask in your own words, by title, label and timecode: find footage, look at frames, read transcripts and comments, log, fill in metadata, cut sub-clips, manage versions, check jobs. Before anything is deleted, or several things change, you see a plan.

The server runs on this computer. It talks to your Iconik and to the storages that Iconik names, and to nobody else; it collects nothing about you. What the tools answer goes to the model that you use. PRIVACY.md in the bundle says more.`;

/** The folder of the server in a bundle. */
export const SERVER = 'server';

/**
 * The manifest of the package `own`, with the tools that the built server `binary` lists. Throws if it does not start.
 */
export async function manifestOf(own, binary) {
  const entry = `${SERVER}/iconik-mcp.cjs`;
  const site = own.homepage.replace(/#.*$/, '');
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
        env: Object.fromEntries(Object.entries(ASKED).map(([name, { key }]) => [name, `\${user_config.${key}}`])),
      },
    },
    tools: (await toolsOf(binary)).map(({ name, title }) => ({ name, description: title })),
    keywords: own.keywords,
    license: own.license,
    privacy_policies: [`${site}/blob/main/docs/privacy.md`],
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: own.engines.node } },
    user_config: Object.fromEntries(Object.values(ASKED).map(({ key, ...option }) => [key, option])),
  };
}

async function toolsOf(binary) {
  const client = new Client({ name: 'iconik-mcp-bundle', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [binary, '--sandbox'] }));
  const { tools } = await client.listTools();
  await client.close();
  return tools;
}
