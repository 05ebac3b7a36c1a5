// What the pages of `docs/hosts/` say beyond the configuration, which is that of `src/connect/hosts.ts`: one literal a host.

/** Stands for what people put in. */
export const CLONE = '/path/to/iconik-mcp';
const SERVER = `node ${CLONE}/dist/iconik-mcp.cjs`;
const APP_ID = 'ICONIK_APP_ID="your App ID"';
const TOKEN = 'ICONIK_AUTH_TOKEN="your token"';

/**
 * `before` comes first, where there is a shorter way; `open` says how to get to the file; `command` is the host's own
 * way to add the server, `removal` its counterpart; `check` says where to look; `notes` are what people run into.
 */
export const PAGES = {
  'claude-desktop': {
    before: {
      title: 'With the bundle',
      text: `The bundle asks for both values in a form, keeps them in the secret store of your system, and needs no Node.js of its own. In a clone:

\`\`\`sh
npm ci && npm run bundle
\`\`\`

Double-click the \`.mcpb\` that it writes, or drag it into **Settings > Extensions**, and fill in App ID and token. To undo it, remove it under **Settings > Extensions**. The bundle has no sandbox: to try the server without an account, take one of the ways below.`,
    },
    open: '**Settings > Developer > Edit Config** opens the file.',
    check:
      'Under **Settings > Developer**, `iconik` is running. If it is not, **View Logs** there has the line that says why.',
    notes: [
      'What you change in the file counts from the next start: quit Claude Desktop, closing its window is not enough.',
    ],
  },

  'claude-code': {
    open: 'The configuration for all your projects; close other sessions first, as they write it, too.',
    command: `claude mcp add --scope user iconik --env ${APP_ID} --env ${TOKEN} -- ${SERVER}`,
    removal: 'claude mcp remove --scope user iconik',
    check: 'Outside of a session, `claude mcp list` shows `iconik` as connected.',
    after: {
      title: 'As a plugin',
      text: `A clone that is built is a plugin, too. It asks for both values and keeps them in the keychain, or where there is none in \`~/.claude/.credentials.json\`, which only you can read. For one session:

\`\`\`sh
claude --plugin-dir ${CLONE}
\`\`\`

For all: link the clone into \`~/.claude/skills/\`, then type its values as JSON, \`{"app_id": "…", "auth_token": "…"}\`, and Ctrl-D.

\`\`\`sh
ln -s ${CLONE} ~/.claude/skills/iconik-mcp
claude plugin configure iconik-mcp@skills-dir --values-stdin
\`\`\`

To undo it, take the link away.`,
    },
    notes: [
      'For a team, copy [`mcp.json`](../../mcp.json) into a project as `.mcp.json`. It holds no secrets: each person sets the two variables, and Claude Code asks once whether to trust the file.',
      '`claude -p` shows nobody a question and answers each with "cancel". Where nobody sits in front, start the server with `--confirm token`, and give it a user with few rights.',
    ],
  },

  cursor: {
    open: '`~/.cursor/mcp.json` is for all projects, `.cursor/mcp.json` in a project for that one.',
    check: 'There it shows its tools, and a log if it did not start.',
    notes: [
      'Cursor takes the variables from the environment that it was started in: from a terminal or a login session that has them.',
    ],
  },

  vscode: {
    open: 'Run **MCP: Open User Configuration** from the command palette. For one project it is `.vscode/mcp.json`.',
    check: '**Show Output** there has its log.',
    notes: ['VS Code asks for both values when the server starts for the first time, and keeps them encrypted.'],
  },

  codex: {
    open: 'Codex reads the file when a session starts.',
    command: `codex mcp add iconik --env ${APP_ID} --env ${TOKEN} -- ${SERVER}`,
    removal: 'codex mcp remove iconik',
    check: 'Outside of a session, `codex mcp list` shows `iconik`.',
    notes: [
      '`codex exec` refuses every changing tool unless you approve it beforehand, e.g. `approval_mode = "approve"` under `[mcp_servers.iconik.tools.set_metadata]`.',
    ],
  },

  gemini: {
    before: {
      title: 'As an extension',
      text: `A clone that is built is an extension. It asks for both values and keeps them in the keychain:

\`\`\`sh
gemini extensions link ${CLONE}
\`\`\`

\`gemini extensions config iconik-mcp\` changes them, \`gemini extensions uninstall iconik-mcp\` undoes it.`,
    },
    open: 'Gemini CLI reads the file when a session starts.',
    command: `gemini mcp add -s user -e ${APP_ID} -e ${TOKEN} iconik ${SERVER}`,
    removal: 'gemini mcp remove -s user iconik',
    check: 'Outside of a session, `gemini mcp list` shows `iconik` as connected.',
    notes: ['In a folder that you have not trusted, Gemini CLI starts no servers and shows them as disabled.'],
  },

  opencode: {
    open: 'opencode reads the file when it starts; comments in it are fine.',
    check: '`opencode mcp list` shows `iconik` as connected.',
    notes: [],
  },

  copilot: {
    open: 'Copilot CLI reads the file when a session starts.',
    command: `copilot mcp add iconik --env ${APP_ID} --env ${TOKEN} -- ${SERVER}`,
    removal: 'copilot mcp remove iconik',
    check: 'Outside of a session, `copilot mcp list` shows `iconik`.',
    notes: [
      'It also reads a `.mcp.json` in the folder that it is started in: a copy of [`mcp.json`](../../mcp.json) serves a team.',
    ],
  },
};

/** The Inspector keeps no configuration: its page is written by hand. */
export const INSPECTOR = `# Iconik in the MCP Inspector

The Inspector shows what a host sees: every tool with its arguments, and each answer as it is on the wire. It needs the server from a clone: \`npm ci && npm run build\`.

## Start it

In a browser, without an account:

\`\`\`sh
npx -y @modelcontextprotocol/inspector ${SERVER} --sandbox
\`\`\`

With yours; the values stay in that process:

\`\`\`sh
npx -y @modelcontextprotocol/inspector -e ${APP_ID} -e ${TOKEN} ${SERVER}
\`\`\`

In a terminal, for scripts:

\`\`\`sh
npx -y @modelcontextprotocol/inspector --cli ${SERVER} --sandbox --method tools/list
npx -y @modelcontextprotocol/inspector --cli ${SERVER} --sandbox --method tools/call --tool-name find_assets --tool-arg words=interview
\`\`\`

## Good to know

- The Inspector does not expand \`\${ICONIK_APP_ID}\` in a configuration file: give the values with \`-e\`.
- Your shell remembers the command with the token: take a token that you delete afterwards.

## Undo

Nothing is written. Stop it with Ctrl-C.
`;
