import type { Account, Common, DoctorConfig } from '../config/index.ts';
import type { Place } from '../connect/place.ts';
import type { ToolEntry } from '../server/listing.ts';
import { createMask } from '../server/mask.ts';
import type { Toolset } from '../tools/types.ts';
import type { Examination, Finding } from './finding.ts';
import { type HostEntry, hostEntries } from './host_entries.ts';
import { hostFinding } from './hosts.ts';
import { type Node, nodeFinding, proxy } from './machine.ts';
import { probe } from './probe.ts';
import { clock, credentials, rateLeft, reachability } from './reach.ts';
import { roles } from './roles.ts';

export { reportOf } from './report.ts';

export interface Setting {
  readonly place: Place;
  readonly node: Node;
  readonly version: string;
  /** What starts this program in a terminal. */
  readonly program: string;
  readonly entries: readonly ToolEntry[];
  loadTools(): Promise<readonly Toolset[]>;
  /** Starts the sandbox and resolves to its account. */
  startSandbox(): Promise<Account>;
}

/** Where the credentials come from that are checked. */
interface Source {
  readonly account: Account;
  readonly name: string;
}

/** The command `doctor`: everything that has to work, one finding each. Writes nothing and changes nothing in Iconik. */
export async function examine(config: Common & DoctorConfig, setting: Setting): Promise<Examination> {
  const hosts = hostEntries(setting.place, config.account ?? STAND_IN);
  const source = await sourceOf(config, setting, hosts);
  const secrets = [config.account, source?.account, ...hosts.map(accountIn)].flatMap((one) =>
    one ? [one.authToken, one.appId] : [],
  );
  const mask = createMask(secrets);
  const findings = [
    nodeFinding(setting.node),
    ...configuration(config, source, hosts, setting.program),
    ...(source ? await iconik(config, setting, source) : []),
    // One after the other: each starts a server, which is work for a small machine.
    ...(await inTurn(hosts, (host) => hostFinding(host, setting.program, mask))),
  ];
  const masked = findings.map((one) => ({
    ...one,
    found: mask(one.found),
    ...(one.advice !== undefined && { advice: mask(one.advice) }),
  }));
  return { findings: masked, ok: masked.every(({ ok }) => ok !== false) };
}

/** For a host that asks a person for the credentials. A server starts with any. */
const STAND_IN: Account = { appId: 'app-id-to-be-asked-for', authToken: 'token-to-be-asked-for', baseUrl: '' };
const DEFAULT_BASE_URL = 'https://app.iconik.io';

function accountIn({ start, asks }: HostEntry): Account | undefined {
  const { ICONIK_APP_ID: appId, ICONIK_AUTH_TOKEN: authToken, ICONIK_BASE_URL: baseUrl } = start?.env ?? {};
  return appId && authToken && !asks ? { appId, authToken, baseUrl: baseUrl || DEFAULT_BASE_URL } : undefined;
}

const usesSandbox = ({ start }: HostEntry): boolean => start?.args.includes('--sandbox') === true;

async function sourceOf(
  { sandbox, account, problem }: DoctorConfig,
  { startSandbox }: Setting,
  hosts: readonly HostEntry[],
): Promise<Source | undefined> {
  if (sandbox) return { account: await startSandbox(), name: 'the sandbox' };
  if (account) return { account, name: 'the environment' };
  if (problem !== undefined) return undefined;
  for (const host of hosts) {
    const own = accountIn(host);
    if (own && URL.canParse(own.baseUrl)) return { account: own, name: host.title };
  }
  return hosts.some(usesSandbox) ? { account: await startSandbox(), name: 'the sandbox' } : undefined;
}

function configuration(
  { problem, warnings }: Common & DoctorConfig,
  source: Source | undefined,
  hosts: readonly HostEntry[],
  program: string,
): Finding[] {
  const check = 'Configuration';
  const unsafe = warnings.map((found) => ({ check, ok: false, found, advice: 'Remove the variable.' }));
  if (problem !== undefined)
    return [
      ...unsafe,
      { check, ok: false, found: problem, advice: `Correct the variable, or run: ${program} connect` },
    ];
  if (source?.name === 'the sandbox')
    return [
      ...unsafe,
      { check, ok: true, found: 'It is for the sandbox: no account is needed, and nothing leaves this machine.' },
    ];
  if (source) return [...unsafe, { check, ok: true, found: `App ID and token come from ${source.name}.` }];
  const asking = hosts.filter(({ asks }) => asks).map(({ title }) => title);
  if (asking.length > 0)
    return [
      ...unsafe,
      {
        check,
        ok: undefined,
        found: `${asking.join(' and ')} asks for App ID and token itself: what is checked with Iconik was left out.`,
        advice: 'To check them too, set ICONIK_APP_ID and ICONIK_AUTH_TOKEN and run the doctor again.',
      },
    ];
  return [
    ...unsafe,
    {
      check,
      ok: false,
      found: 'ICONIK_APP_ID and ICONIK_AUTH_TOKEN are not set, and no host has them.',
      advice: `Create a token in Iconik (Admin > Settings > Application Tokens), then run: ${program} connect. To try it without an account: ${program} connect --sandbox`,
    },
  ];
}

async function iconik(
  config: Common & DoctorConfig,
  { entries, loadTools, place, version, program }: Setting,
  { account, name }: Source,
): Promise<Finding[]> {
  const agent = `iconik-mcp/${version}`;
  const user = await probe(account, 'GET /users/v1/users/current/', agent);
  const reached = reachability(account, user);
  const isKnown = user.answered && user.status === 200 && reached.ok === true;
  const held = isKnown ? await probe(account, 'GET /users/v1/users/current/roles/', agent) : user;
  const unchecked = (check: string): Finding => ({
    check,
    ok: undefined,
    found: 'Not checked: Iconik does not answer at this address.',
  });
  const isIconik = reached.ok === true;
  return [
    reached,
    proxy(place.env, account, isIconik),
    isIconik ? credentials(user, name, program) : unchecked('Credentials'),
    ...(isKnown ? roles(held, entries, await loadTools(), config) : [{ ...unchecked('Roles'), found: NO_USER }]),
    isIconik ? rateLeft(user) : unchecked('Rate'),
    clock(user),
  ];
}

const NO_USER = 'Not checked: the user is not known.';

async function inTurn<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}
