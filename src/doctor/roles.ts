import type { ToolEntry } from '../server/listing.ts';
import { type Selection, select } from '../server/select.ts';
import type { Toolset } from '../tools/types.ts';
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';

/** Tools named in one line. */
const TOOLS_NAMED = 4;

/** The roles of the user against what each toolset needs that a host would see: a line for all that work, and one for each other. */
export function roles(
  answer: Probe,
  entries: readonly ToolEntry[],
  toolsets: readonly Toolset[],
  selection: Selection,
): Finding[] {
  const check = 'Roles';
  const held = rolesIn(answer);
  if (!held) return [{ check, ok: undefined, found: 'Not checked: the roles of the user could not be read.' }];
  const offered = select(entries, selection);
  const lines = toolsets.flatMap(({ name, tools }) => {
    const own = Object.entries(tools).filter(([tool]) => offered.has(tool));
    return own.length > 0 ? [{ name, count: own.length, lacking: lackingOf(own, held) }] : [];
  });
  const whole = lines.filter(({ lacking }) => lacking.length === 0).map(({ name }) => name);
  const good: Finding[] =
    whole.length > 0 ? [{ check, ok: true, found: `All tools work of: ${whole.join(', ')}.` }] : [];
  return [
    ...good,
    ...lines
      .filter(({ lacking }) => lacking.length > 0)
      .map(({ name, count, lacking }) => lineOf(name, count, lacking)),
  ];
}

interface Lacking {
  readonly tool: string;
  readonly roles: readonly string[];
}

const lackingOf = (tools: readonly (readonly [string, Toolset['tools'][string]])[], held: ReadonlySet<string>) =>
  tools
    .map(([tool, { roles: needed }]) => ({ tool, roles: needed.filter((role) => !held.has(role)) }))
    .filter((one) => one.roles.length > 0);

function lineOf(name: string, count: number, lacking: readonly Lacking[]): Finding {
  const missing = [...new Set(lacking.flatMap((one) => one.roles))].sort();
  const named = lacking.slice(0, TOOLS_NAMED).map(({ tool }) => tool);
  const more = lacking.length - named.length;
  return {
    check: 'Roles',
    ok: false,
    found: `In ${name}, ${lacking.length} of ${count} tools lack a role: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    advice: `Ask an administrator of Iconik for ${missing.join(', ')}; or leave these tools out with --read-only or --toolsets.`,
  };
}

function rolesIn(answer: Probe): ReadonlySet<string> | undefined {
  if (!answer.answered || answer.status !== 200) return undefined;
  const { objects } = (answer.body ?? {}) as { readonly objects?: unknown };
  return Array.isArray(objects) ? new Set(objects.map(String)) : undefined;
}
