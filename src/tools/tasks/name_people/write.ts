import { setTimeout as sleep } from 'node:timers/promises';
import { inQuotes } from '../../../text/quote.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { type Find, findsOf } from '../../library/faces/finds.ts';
import { isUnconfirmed } from '../../library/faces/persons.ts';
import { MAX_CONFIRMED_VERSIONS, persons } from '../../operations/persons.ts';
import { batches, each, instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { findLine, type NamePlan } from './plan.ts';

export interface NameOutcome {
  readonly changed: readonly string[];
  readonly failed: readonly string[];
  readonly unconfirmed: readonly string[];
  readonly remaining: number;
}

/** Names, moves and confirms, in this order: what is confirmed is confirmed of whom it then is. */
export async function writeNames(context: Context, plan: NamePlan): Promise<NameOutcome> {
  const changed: string[] = [];
  const failed: string[] = [];
  const { person, rename, to, confirmed } = plan;
  if (rename) {
    const answer = await context.use(persons.tools.partial_update_person, { person_id: person.id, name: rename });
    (answer.name === rename ? changed : failed).push(`name: ${inQuotes(rename)}`);
  }
  const moves = to ? await moveFinds(context, plan, to) : undefined;
  failed.push(...(moves?.failed ?? []));
  changed.push(...(moves?.done.map((find) => `is ${inQuotes(to?.name ?? '')}: ${findLine(find)}`) ?? []));
  const owner = to ? moves?.target : person.id;
  const wanted = to ? confirmed.filter((one) => moves?.done.includes(one)) : confirmed;
  const confirming = owner && wanted.length > 0 ? await confirmFinds(context, owner, wanted) : undefined;
  return {
    changed: [...changed, ...(confirming?.done ?? []).map((find) => `confirmed: ${findLine(find)}`)],
    failed: [...failed, ...(confirming?.failed ?? [])],
    unconfirmed: (confirming?.open ?? []).map(findLine),
    remaining: moves?.rest ?? 0,
  };
}

/** The first find makes a person who is new, so the others wait for it. */
async function moveFinds(context: Context, { person, moved }: NamePlan, to: { id?: string; name: string }) {
  const change = async ({ asset_id, version_id }: Find, target: string | undefined): Promise<string> => {
    const who = target ? { new_person_id: target } : { new_person_name: to.name };
    const { id } = await context.use(persons.tools.change_person, {
      ...{ person_id: person.id, asset_id, version_id },
      ...who,
    });
    if (!id || id === person.id) throw new ToolError('Iconik does not show the change');
    return id;
  };
  const [first, ...others] = moved;
  if (!first) return { done: [], failed: [], rest: 0 };
  const one = await each([first], context, (find) => change(find, to.id));
  const target = to.id ?? one.done[0]?.result;
  // Without the new person nothing more can be moved to it.
  const more = target
    ? await each(others, context, (find) => change(find, target))
    : { done: [], failed: [], rest: others };
  return {
    ...(target && { target }),
    done: [...one.done, ...more.done].map(({ item }) => item),
    failed: [...one.failed, ...more.failed].map(({ item, error }) => `${findLine(item)}: ${reasonOf(error)}`),
    rest: one.rest.length + more.rest.length,
  };
}

/** Milliseconds between two looks, since Iconik confirms in the background, and looks at most. */
const LOOK_INTERVAL_MS = 700;
const MAX_LOOKS = 5;

async function confirmFinds(context: Context, person_id: string, finds: readonly Find[]) {
  const { done, failed, rest } = await each(batches(finds, MAX_CONFIRMED_VERSIONS), context, (some) =>
    context.use(persons.tools.confirm_person, { person_id, version_ids: some.map(({ version_id }) => version_id) }),
  );
  const sent = done.flatMap(({ item }) => item);
  let open: readonly Find[] = sent;
  for (let look = 0; look < MAX_LOOKS && open.length > 0 && context.timeLeft() > LOOK_INTERVAL_MS; look += 1) {
    if (look > 0) await sleep(LOOK_INTERVAL_MS, undefined, { signal: context.signal });
    const now = await findsOf(context, person_id).catch(instead(context, []));
    const confirmed = new Set(now.filter((one) => !isUnconfirmed(one)).map(({ version_id }) => version_id));
    open = sent.filter(({ version_id }) => !confirmed.has(version_id));
  }
  return {
    done: sent.filter((one) => !open.includes(one)),
    open,
    failed: [
      ...failed.flatMap(({ item, error }) => item.map((one) => `${findLine(one)}: ${reasonOf(error)}`)),
      ...rest.flat().map((one) => `${findLine(one)}: time ran out`),
    ],
  };
}
