// `server.json`: what the MCP registry knows of the package and its bundle.
import { SETTINGS } from './settings.mjs';

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';
/** Until a release knows the checksum of its bundle. */
const UNKNOWN = '0'.repeat(64);

/** Where people read the repository of the package `own`. */
export const siteOf = (own) => own.homepage.replace(/#.*$/, '');

/** The address from which the bundle of this version will be downloaded. */
const bundleOf = (own) => `${siteOf(own)}/releases/download/v${own.version}/${own.name}-${own.version}.mcpb`;

const environment = SETTINGS.map(({ name, description, secret = false, default: preset }) => ({
  name,
  description,
  format: 'string',
  isRequired: secret,
  isSecret: secret,
  ...(preset && { default: preset }),
}));

/** The entry for the package `own`, with the SHA-256 of its bundle in hexadecimal digits. */
export function serverEntry(own, sha256 = UNKNOWN) {
  const { name, version } = own;
  const transport = { type: 'stdio' };
  return {
    $schema: SCHEMA,
    name: own.mcpName,
    title: 'Iconik',
    description: own.description,
    version,
    websiteUrl: own.homepage,
    repository: { url: siteOf(own), source: siteOf(own).startsWith('https://github.com/') ? 'github' : 'git' },
    packages: [
      {
        registryType: 'npm',
        identifier: name,
        version,
        runtimeHint: 'npx',
        transport,
        environmentVariables: environment,
      },
      // The bundle asks for its settings itself.
      { registryType: 'mcpb', identifier: bundleOf(own), fileSha256: sha256, transport },
    ],
  };
}
