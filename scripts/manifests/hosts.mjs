// What hosts read of a clone that is built: a plugin for Claude Code, an extension for Gemini CLI.
import { filledIn, formFields, SETTINGS } from './settings.mjs';

const BINARY = 'dist/iconik-mcp.cjs';

export const claudePlugin = (own) => ({
  name: own.name,
  version: own.version,
  description: own.description,
  author: { name: own.author },
  homepage: own.homepage,
  repository: own.repository.url.replace(/^git\+/, ''),
  license: own.license,
  keywords: own.keywords,
  userConfig: formFields,
  mcpServers: {
    iconik: { command: 'node', args: [`\${CLAUDE_PLUGIN_ROOT}/${BINARY}`], env: filledIn },
  },
});

export const geminiExtension = (own) => ({
  name: own.name,
  version: own.version,
  description: own.description,
  mcpServers: {
    iconik: {
      command: 'node',
      args: [`\${extensionPath}/${BINARY}`],
      env: Object.fromEntries(SETTINGS.map(({ name }) => [name, `\${${name}}`])),
    },
  },
  settings: SETTINGS.map(({ name, title, description, secret = false }) => ({
    name: title,
    description,
    envVar: name,
    sensitive: secret,
  })),
});
