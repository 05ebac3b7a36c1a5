import { parse as parseJson } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { binary } from '../support/binary.ts';
import { APP_ID, TOKEN } from '../support/upstream.ts';

/** How hosts start the built binary here. */
export const START = { command: process.execPath, args: [binary] };
export const VALUES = { ICONIK_APP_ID: APP_ID, ICONIK_AUTH_TOKEN: TOKEN };
const INPUT = (id: string): string => `\${input:iconik-${id}}`;
const referring = (form: (name: string) => string) =>
  Object.fromEntries(Object.keys(VALUES).map((name) => [name, form(name)]));

/** The form that each host publishes, and where it keeps it on Linux. */
export const PUBLISHED = {
  'claude-desktop': {
    file: '.config/Claude/claude_desktop_config.json',
    place: ['mcpServers'],
    entry: { ...START, env: VALUES },
  },
  'claude-code': {
    file: '.claude.json',
    place: ['mcpServers'],
    entry: { type: 'stdio', ...START, env: VALUES },
  },
  cursor: {
    file: '.cursor/mcp.json',
    place: ['mcpServers'],
    entry: { ...START, env: referring((name) => `\${env:${name}}`) },
  },
  vscode: {
    file: '.config/Code/User/mcp.json',
    place: ['servers'],
    entry: {
      type: 'stdio',
      ...START,
      env: { ICONIK_APP_ID: INPUT('app-id'), ICONIK_AUTH_TOKEN: INPUT('auth-token') },
    },
  },
  codex: {
    file: '.codex/config.toml',
    place: ['mcp_servers'],
    entry: { ...START, env_vars: ['ICONIK_APP_ID', 'ICONIK_AUTH_TOKEN'] },
  },
  gemini: {
    file: '.gemini/settings.json',
    place: ['mcpServers'],
    entry: { ...START, env: referring((name) => `$${name}`) },
  },
  opencode: {
    file: '.config/opencode/opencode.json',
    place: ['mcp'],
    entry: {
      type: 'local',
      command: [START.command, ...START.args],
      environment: referring((name) => `{env:${name}}`),
      enabled: true,
    },
  },
  copilot: {
    file: '.copilot/mcp-config.json',
    place: ['mcpServers'],
    entry: { type: 'local', ...START, env: referring((name) => `\${${name}}`), tools: ['*'] },
  },
} as const;

export const isToml = (file: string): boolean => file.endsWith('.toml');

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever is in the file
export const valuesIn = (file: string, text: string): any => (isToml(file) ? parseToml(text) : parseJson(text));
