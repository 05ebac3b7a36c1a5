import type { Finding } from './finding.ts';
import type { HostEntry } from './host_entries.ts';
import { started } from './start.ts';

/** What became of the server in one host. */
export async function hostFinding(entry: HostEntry, program: string, mask: (text: string) => string): Promise<Finding> {
  const { name, title: check, file, state, missing } = entry;
  if (state === 'unreadable')
    return {
      check,
      ok: false,
      found: `${file} ${entry.refused}.`,
      advice: 'Correct the file; the host cannot read it either.',
    };
  if (state === 'none')
    return {
      check,
      ok: undefined,
      found: 'It is installed and does not have this server.',
      advice: `To add it: ${program} connect --host ${name}`,
    };
  if (state === 'foreign' || !entry.start)
    return { check, ok: undefined, found: `The server "iconik" in ${file} is another one: not started.` };
  if (missing.length > 0)
    return {
      check,
      ok: false,
      found: `${file} takes ${missing.join(' and ')} from the environment, where ${missing.length > 1 ? 'they are' : 'it is'} not set.`,
      advice: `Set both variables where the host is started from. Or keep the credentials in the file, without the variables: ${program} connect --host ${name}`,
    };
  const { tools, cause } = await started(entry.start);
  if (tools === undefined)
    return {
      check,
      ok: false,
      found: `The server in ${file} does not start: ${mask(cause ?? '')}`,
      advice: `Correct the entry "iconik", or write it anew: ${program} connect --host ${name}`,
    };
  if (entry.isExposed)
    return {
      check,
      ok: false,
      found: `It starts, but others on this machine can read the token in ${file}.`,
      advice: `Let only yourself read it: chmod 600 '${file}'`,
    };
  return { check, ok: true, found: `The server in ${file} starts and lists ${tools} tools.` };
}
