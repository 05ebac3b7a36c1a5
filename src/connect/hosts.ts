import { join } from 'node:path';
import type { HostName } from '../config/index.ts';
import type { Form, Values } from './form.ts';
import { jsonc } from './jsonc.ts';
import type { Place } from './place.ts';
import { toml } from './toml.ts';

/** How a host starts the server. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables by name, with their value or a reference that the host expands; empty for none. */
  readonly env: Readonly<Record<string, string>>;
  /** Variables that the host hands on from its own environment. */
  readonly forwarded: readonly string[];
}

/** One host: where it keeps its servers, and in what form. */
export interface Host {
  readonly title: string;
  /** Its configuration of the user, whether it is there or not. */
  file(place: Place): string;
  /** Folders and files that are there where it is installed, and the name of its program. */
  signs(place: Place): readonly string[];
  readonly program?: string;
  readonly form: Form;
  /** The object that holds its servers by name. */
  readonly servers: string;
  entry(launch: Launch): Values;
  /** A variable of the host's environment in its configuration, where it expands one. */
  readonly reference?: (variable: string) => string;
  /** It hands variables on by name. */
  readonly forwards?: true;
  /** It asks for secrets itself and keeps them encrypted: what describes a question, by its id. */
  readonly inputs?: Readonly<Record<string, Values>>;
  /** How a host that runs notices the change. */
  readonly restart: string;
}

const common = ({ command, args, env }: Launch): Values => ({
  command,
  args,
  ...(Object.keys(env).length > 0 && { env }),
});

/** Where desktop programs keep what belongs to them. */
const support = ({ platform, home, env }: Place): string => {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming');
  return xdg({ home, env });
};

const xdg = ({ home, env }: Pick<Place, 'home' | 'env'>): string => env.XDG_CONFIG_HOME || join(home, '.config');
const codexHome = ({ home, env }: Place): string => env.CODEX_HOME || join(home, '.codex');
const copilotHome = ({ home, env }: Place): string => env.COPILOT_HOME || join(home, '.copilot');

export const HOSTS: Readonly<Record<HostName, Host>> = {
  'claude-desktop': {
    title: 'Claude Desktop',
    file: (place) => join(support(place), 'Claude', 'claude_desktop_config.json'),
    signs: (place) => [join(support(place), 'Claude')],
    form: jsonc,
    servers: 'mcpServers',
    entry: common,
    restart: 'Quit Claude Desktop and start it again.',
  },

  'claude-code': {
    title: 'Claude Code',
    file: ({ home, env }) => join(env.CLAUDE_CONFIG_DIR || home, '.claude.json'),
    signs: ({ home, env }) => [join(env.CLAUDE_CONFIG_DIR || home, '.claude.json'), join(home, '.claude')],
    program: 'claude',
    form: jsonc,
    servers: 'mcpServers',
    entry: (launch) => ({ type: 'stdio', ...common(launch) }),
    restart: 'Start a new session of Claude Code; /mcp shows the server.',
  },

  cursor: {
    title: 'Cursor',
    file: ({ home }) => join(home, '.cursor', 'mcp.json'),
    signs: ({ home }) => [join(home, '.cursor')],
    program: 'cursor',
    form: jsonc,
    servers: 'mcpServers',
    entry: common,
    reference: (variable) => `\${env:${variable}}`,
    restart: 'Cursor asks whether to enable the server, or lists it under Settings > MCP.',
  },

  vscode: {
    title: 'VS Code',
    file: (place) => join(support(place), 'Code', 'User', 'mcp.json'),
    signs: (place) => [join(support(place), 'Code', 'User')],
    program: 'code',
    form: jsonc,
    servers: 'servers',
    entry: (launch) => ({ type: 'stdio', ...common(launch) }),
    inputs: {
      'iconik-app-id': { type: 'promptString', description: 'Iconik App ID' },
      'iconik-auth-token': { type: 'promptString', description: 'Iconik token', password: true },
    },
    restart: 'In VS Code, run MCP: List Servers and start iconik.',
  },

  codex: {
    title: 'Codex',
    file: (place) => join(codexHome(place), 'config.toml'),
    signs: (place) => [codexHome(place)],
    program: 'codex',
    form: toml,
    servers: 'mcp_servers',
    entry: ({ forwarded, ...launch }) => ({
      ...common({ ...launch, forwarded }),
      ...(forwarded.length > 0 && { env_vars: forwarded }),
    }),
    forwards: true,
    restart: 'Start a new session of Codex; /mcp shows the server.',
  },

  gemini: {
    title: 'Gemini CLI',
    file: ({ home }) => join(home, '.gemini', 'settings.json'),
    signs: ({ home }) => [join(home, '.gemini')],
    program: 'gemini',
    form: jsonc,
    servers: 'mcpServers',
    entry: common,
    reference: (variable) => `$${variable}`,
    restart: 'Start a new session of Gemini CLI; /mcp shows the server.',
  },

  opencode: {
    title: 'opencode',
    file: (place) => {
      const [first, ...others] = ['opencode.json', 'opencode.jsonc'].map((name) => join(xdg(place), 'opencode', name));
      return [first, ...others].find((path) => path && place.exists(path)) ?? (first as string);
    },
    signs: (place) => [join(xdg(place), 'opencode')],
    program: 'opencode',
    form: jsonc,
    servers: 'mcp',
    entry: ({ command, args, env }) => ({
      type: 'local',
      command: [command, ...args],
      ...(Object.keys(env).length > 0 && { environment: env }),
      enabled: true,
    }),
    reference: (variable) => `{env:${variable}}`,
    restart: 'Start a new session of opencode.',
  },

  copilot: {
    title: 'GitHub Copilot CLI',
    file: (place) => join(copilotHome(place), 'mcp-config.json'),
    signs: (place) => [copilotHome(place)],
    program: 'copilot',
    form: jsonc,
    servers: 'mcpServers',
    entry: (launch) => ({ type: 'local', ...common(launch), tools: ['*'] }),
    reference: (variable) => `\${${variable}}`,
    restart: 'Start a new session of Copilot CLI; /mcp shows the server.',
  },
};
