import { describe, expect, test } from 'vitest';
import { connected, disconnected } from '../../src/connect/change.ts';
import { HOSTS, type Launch } from '../../src/connect/hosts.ts';

const launch: Launch = {
  command: '/bin/node',
  args: ['/opt/iconik-mcp.cjs'],
  env: { ICONIK_APP_ID: 'a' },
  forwarded: [],
};

const JSON_TEXTS = {
  'nothing in it': '{}\n',
  'no line end': '{"a":1}',
  'an empty object in one line': '{"mcpServers":{}}\n',
  'an empty object with a comment': '{\n  "mcpServers": {\n    // none yet\n  }\n}\n',
  'one line': '{"mcpServers":{"x":{"command":"y"}}}\n',
  'a comment behind the last': '{\n  "a": 1, // one\n  "b": 2 /* two */ // really\n}\n',
  'a trailing comma and a comment': '{\n  "mcpServers": {\n    "x": {"command":"y"}, // why\n  },\n}\n',
  'Windows line ends and tabs': '{\r\n\t"mcpServers": {\r\n\t\t"x": {} // x\r\n\t},\r\n\t"z": [1,2]\r\n}\r\n',
  'braces and slashes in strings':
    '{\n    "a": "} // , {",\n    "mcpServers": { "x": { "command": "http://a, // b" } }\n}\n',
};

const TOML_TEXTS = {
  'nothing in it': '',
  'a comment alone': '# mine\n',
  'no line end': 'a = 1',
  'Windows line ends': 'a = 1 # one\r\n\r\n[b]\r\nc = 2\r\n',
  'a list over several lines': '[mcp_servers.x]\nargs = [\n  ["a"], # one\n]\n# the end\n',
};

describe.each([
  [HOSTS['claude-code'], JSON_TEXTS],
  [HOSTS.codex, TOML_TEXTS],
] as const)('$title', (host, texts) => {
  test.each(Object.entries(texts))('goes through there and back: %s', (_, text) => {
    const put = connected(host, text, launch);
    expect(connected(host, put, launch)).toBe(put);
    // With the text before at hand it comes back to the byte; without it, in its values and its comments.
    expect(disconnected(host, put, text) ?? '').toBe(text.trim() === '' || text === '{}\n' ? text && text : text);
    const without = disconnected(host, put, undefined) ?? '{}';
    if (text !== '') expect(comparable(host.form.parse(without))).toEqual(comparable(host.form.parse(text)));
    for (const comment of text.match(/(?:\/\/|#) [a-z ]+$/gm) ?? []) {
      expect(put).toContain(comment);
      expect(without).toContain(comment);
    }
    const ends = (lines: string) => [lines.includes('\r\n'), /[^\r]\n/.test(lines)];
    if (text.includes('\r\n')) expect([ends(put), ends(without)]).toEqual([ends(text), ends(text)]);
  });

  test.each(Object.entries(texts))('changes no line of others: %s', (_, text) => {
    const bare = (line: string): string => line.replaceAll(',', '').trimEnd();
    const put = new Set(connected(host, text, launch).split('\n').map(bare));
    const others = text
      .split('\n')
      .map(bare)
      .filter((line) => /\S/.test(line) && !/[{}]\s*$/.test(line));
    expect(others.filter((line) => !put.has(line))).toEqual([]);
  });
});

/** An object that became empty may stay or go. */
const comparable = (values: object): unknown =>
  Object.fromEntries(Object.entries(values).filter(([, one]) => JSON.stringify(one) !== '{}'));

test('a text that looks like the table of the server is not taken for it', () => {
  const text = 'a = """\n[mcp_servers.iconik]\n"""\n\n[mcp_servers.x]\ncommand = "y"\n';
  const put = connected(HOSTS.codex, text, launch);
  expect(put.startsWith(text)).toBe(true);
  expect(disconnected(HOSTS.codex, put, text)).toBe(text);
  expect(() => disconnected(HOSTS.codex, put, undefined)).toThrow('cannot be changed without the rest');
});
