// The page of one host.
import { CLONE, PAGES } from './hosts.mjs';

const START = { command: 'node', args: [`${CLONE}/dist/iconik-mcp.cjs`] };
const ACCOUNT = { appId: 'your App ID', authToken: 'your token', baseUrl: 'https://app.iconik.io' };
const SYSTEMS = { macOS: 'darwin', Linux: 'linux', Windows: 'win32' };

/** How the credentials are kept, and what that means. */
const KEPT = {
  asks: (title) =>
    `${title} asks for both values and keeps them in the secret store of your system; the file has neither.`,
  environment: (title) =>
    `The file only names the variables: set \`ICONIK_APP_ID\` and \`ICONIK_AUTH_TOKEN\` in the environment that ${title} is started in, from your secret manager if you have one.`,
  file: () =>
    'The file has the token in plain text. Keep it readable for you alone (`chmod 600`), out of backups that others read, and out of version control.',
};

const fenced = (language, text) => `\`\`\`${language}\n${text.trim()}\n\`\`\``;

/** The page of the host `name`, from `HOSTS`, `keepingOf`, `launchOf` and `connected` of `src/connect`. */
export function pageOf(name, { HOSTS, keepingOf, launchOf, connected }) {
  const host = HOSTS[name];
  const { before, after, open, command, removal, check, notes } = PAGES[name];
  const keeping = keepingOf(host, false, true);
  const run = (words) => fenced('sh', `node ${CLONE}/dist/iconik-mcp.cjs ${words}`);
  const block = (how) => {
    const text = connected(host, '', launchOf(host, how, START, ACCOUNT));
    return fenced(text.startsWith('{') ? 'json' : 'toml', text);
  };
  const parts = [
    `# Iconik in ${host.title}`,
    `You need an App ID and a token, and the server from a clone: [Set up](../../README.md#set-up) says how to get both. Replace \`${CLONE}\` with the path of your clone.`,
    ...section(before),
    '## In one step',
    run(`connect --host ${name}`),
    `It asks for the values that are needed, tries them, shows the change, and writes it once you agree, with a copy of the old file beside it. With \`--print\` it only shows it. For the made-up archive, without an account: \`connect --host ${name} --sandbox\`.`,
    '## By hand',
    open,
    filesOf(host),
    block(keeping),
    ...(keeping === 'environment' ? ['With the values in the file:', block('file')] : []),
    `For the made-up archive leave the variables out and add \`"--sandbox"\` after the path. \`ICONIK_BASE_URL\` is another variable of the same kind, needed only if your Iconik is not \`${ACCOUNT.baseUrl}\`.`,
    ...(command ? [`Or by ${host.title} itself, which writes the values into that file:`, fenced('sh', command)] : []),
    ...section(after),
    '## Where the secrets are',
    KEPT[keeping](host.title),
    ...(keeping === 'environment' ? [KEPT.file().replace('The file has', 'With the values in the file it has')] : []),
    'A lost token is deleted in Iconik, under **Admin > Settings > Application Tokens**. [Privacy](../privacy.md) says what else goes where.',
    '## Check',
    `${host.restart} ${check}`,
    'If something is wrong, this says what, a line each, and what to do:',
    run('doctor'),
    ...(notes.length > 0 ? ['## Good to know', notes.map((note) => `- ${note}`).join('\n')] : []),
    '## Undo',
    run(`disconnect --host ${name}`),
    `It takes out what \`connect\` wrote, and nothing else. By hand: take the entry \`iconik\` out of the file.${removal ? ` Or: \`${removal}\`.` : ''}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const section = (given) => (given ? [`## ${given.title}`, given.text] : []);

/** Where the file is on each system; one line where it is the same on all. */
function filesOf(host) {
  const paths = Object.entries(SYSTEMS).map(([system, platform]) => {
    const home = platform === 'win32' ? '%USERPROFILE%' : '~';
    const env = platform === 'win32' ? { APPDATA: '%APPDATA%' } : {};
    const path = host.file({ platform, home, env, exists: () => false });
    return [system, platform === 'win32' ? path.replaceAll('/', '\\') : path];
  });
  return ['| system | file |', '| --- | --- |', ...paths.map(([system, path]) => `| ${system} | \`${path}\` |`)].join(
    '\n',
  );
}

/** The list of all pages. */
export function indexOf({ HOSTS }) {
  const links = [...Object.keys(PAGES).map((name) => [HOSTS[name].title, name]), ['MCP Inspector', 'inspector']];
  const list = links.map(([title, name]) => `- [${title}](${name}.md)`).join('\n');
  return `# Hosts\n\nHow to connect, where the secrets are, how to check it, and how to undo it:\n\n${list}\n`;
}
