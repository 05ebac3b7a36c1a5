import type { Account } from '../config/index.ts';
import { probe } from './probe.ts';
import { credentials, reachability } from './reach.ts';

/** What is wrong with an account, with what to do about it; `undefined` where Iconik takes it. */
export async function problemOf(account: Account, userAgent: string, program: string): Promise<string | undefined> {
  const answer = await probe(account, 'GET /users/v1/users/current/', userAgent);
  const findings = [reachability(account, answer), credentials(answer, 'yours', program)];
  const wrong = findings.find(({ ok }) => ok !== true);
  return wrong && [wrong.found, wrong.advice].filter(Boolean).join(' ');
}
