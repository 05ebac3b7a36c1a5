import { oneLine } from '../text/quote.ts';
import type { PageData } from '../tools/page_data.ts';
import type { Planned, Preview } from '../tools/types.ts';
import { CONFIRM_SECONDS, type Confirmations, type Given } from './confirm.ts';
import type { Mask } from './mask.ts';
import { differencesOf, linesOf } from './plan_differences.ts';
import type { Replicas } from './replicas.ts';
import { type Result, toResult } from './result.ts';
import type { Turns } from './turns.ts';

/**
 * What became of a question to the person in front of the host. `cancel`: it was dismissed, or the host never showed it;
 * `unavailable`: the host answered that it cannot ask; `failed`: it failed while it should have asked, and nobody knows what
 * the person said; `pending`: it asks when this call has ended, and calls again with the answer.
 */
export type Reply = 'accept' | 'decline' | 'cancel' | 'timeout' | 'unavailable' | 'failed' | 'pending';

/** Ties an answer that comes with a later call to the question as it was asked, which no host can make up. */
export interface Marks {
  /** A mark for the question that goes out now. */
  issue(): string;
  /** Whether it is that of the question asked last; it holds once. */
  redeem(mark: string): boolean;
}

/** Lines of a plan on a page; it says how many more there are. */
const MAX_PAGE_LINES = 2_000;

/** Characters of a question; hosts show it in a small dialog. */
const MAX_QUESTION = 600;

export interface Change {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The arguments as the host sent them, for a call that has nothing but the token. */
  readonly given: unknown;
  readonly confirm?: string | undefined;
  /** Reads what the call would do, as things are now. */
  readonly plan: () => Promise<Planned>;
  /** Asks the person; the time this takes does not count against the call. Absent where the host cannot, or need not. */
  readonly ask: ((question: string, marks: Marks) => Promise<Reply>) | undefined;
  readonly signal: AbortSignal;
}

export interface Consents {
  readonly confirmations: Confirmations;
  readonly turns: Turns;
  readonly mask: Mask;
  /** Absent where the server is alone. */
  readonly replicas?: Pick<Replicas, 'issued' | 'renewed' | 'reread' | 'take'>;
}

/**
 * Either the answer that ends the call, or the plan that was agreed to, with a turn on its objects. `unshown`: the notes of
 * a plan that needed no agreement.
 */
export type Settled =
  | { readonly ends: Result }
  | { readonly plan: unknown; readonly unshown: readonly string[]; readonly end: () => void };

/**
 * Brings a change from its plan to the act: shows the plan, asks where it may, takes the turn, and makes the plan again
 * whenever time has passed. A plan that has changed meanwhile is shown anew; the token is used up by the act alone.
 */
export async function settle(consents: Consents, change: Change): Promise<Settled> {
  let since = 0;
  const plan = (): Promise<Planned> => {
    since = performance.now();
    return change.plan();
  };
  let planned = await plan();
  const first = await verdict(consents, change, planned);
  if (first) return { ends: first };
  if (change.confirm !== undefined && change.ask) {
    const reply = await change.ask(question(planned), marksOf(consents, change.confirm));
    consents.confirmations.renew(change.confirm);
    await consents.replicas?.renewed(change.confirm);
    if (reply !== 'accept' && reply !== 'unavailable') return { ends: await unanswered(consents, change, reply) };
    planned = await plan();
    const changed = await verdict(consents, change, planned);
    if (changed) return { ends: changed };
  }
  const turn = await consents.turns.take(planned.touches ?? idsIn(change.args), since, change.signal);
  try {
    if (turn.overtaken) planned = await plan();
    const late = turn.overtaken && (await verdict(consents, change, planned));
    const used = change.confirm === undefined || late || (await useUp(consents, change.confirm));
    const unshown = change.confirm === undefined ? (planned.preview.notes ?? []) : [];
    if (!late && used) return { plan: planned.plan, unshown, end: turn.end };
    turn.end();
    return { ends: late || (await shown(consents, change, planned, 'Another call has used this confirm token.')) };
  } catch (error) {
    turn.end();
    throw error;
  }
}

/** The answer where the change may not go on as it is planned: nobody agreed yet, or not to this. */
async function verdict(consents: Consents, change: Change, planned: Planned): Promise<Result | undefined> {
  const { confirm, tool, args } = change;
  if (confirm === undefined) return planned.skipConfirm ? undefined : shown(consents, change, planned);
  const refusal = (): string | undefined => consents.confirmations.refuse(confirm, tool, args, shownOf(planned));
  if (refusal() === undefined) return undefined;
  // What changed the object may be this very token, on another replica. Where nobody can tell, what is known here holds.
  if (confirm) await consents.replicas?.reread(confirm).catch(() => undefined);
  const refused = refusal();
  if (refused === undefined) return undefined;
  return isNothing(planned)
    ? withNothing(consents, change, planned, refused)
    : shown(consents, change, planned, refused);
}

/** A plan of nothing: there is nothing to agree to. */
const isNothing = ({ preview, skipConfirm }: Planned): boolean => skipConfirm === true && preview.affected.length === 0;

function withNothing({ confirmations, mask }: Consents, change: Change, planned: Planned, refused: string): Result {
  const { differs } = sinceThen(confirmations, change, planned);
  const note = `${refused} Nothing was changed, and there is nothing to confirm.`;
  return { isError: true, text: toResult({ note, ...differs, ...inWords(planned) }, mask).text };
}

/** How a plan differs from the one that the given token stands for, for the answer and in a sentence. */
function sinceThen(confirmations: Confirmations, { tool, args, confirm }: Change, planned: Planned) {
  const earlier = confirm ? confirmations.earlier(confirm, tool, args, shownOf(planned)) : undefined;
  if (!earlier) return { differs: {}, says: '' };
  const differences = differencesOf(earlier.lines, planned.preview);
  if (differences.length > 0) return { differs: { differences }, says: ' What is not as it was is in differences.' };
  const behind = earlier.isSame ? '' : '; what changed is not in its lines';
  return { differs: {}, says: ` It reads as before${behind}.` };
}

/** Whether this call uses the token up: no other has, on any replica. */
const useUp = async ({ confirmations, replicas }: Consents, token: string): Promise<boolean> =>
  confirmations.use(token) && (replicas === undefined || (await replicas.take(token)));

const marksOf = ({ confirmations }: Consents, token: string): Marks => ({
  issue: () => confirmations.ask(token),
  redeem: (mark) => confirmations.answers(token, mark),
});

const shownOf = ({ preview, plan }: Planned): unknown => [preview, plan];

/** The plan with a new token; an error where `refused` says why the given token does not hold. */
async function shown(
  { confirmations, replicas, mask }: Consents,
  change: Change,
  planned: Planned,
  refused = '',
): Promise<Result> {
  const { tool, args, given } = change;
  const { differs, says } = refused ? sinceThen(confirmations, change, planned) : { differs: {}, says: '' };
  const token = confirmations.issue(tool, args, shownOf(planned), given as Given, linesOf(planned.preview));
  await replicas?.issued(token);
  const head = refused ? `${refused} Nothing was changed. This is a new preview.${says}` : 'Nothing has changed yet.';
  const note = `${head} If the person agrees, call again with confirm: ${token} (good for ${CONFIRM_SECONDS} s); it needs no other argument.`;
  const whole = {
    note,
    status: 'preview',
    ...differs,
    ...inWords(planned),
    confirm: token,
    expires_in_seconds: CONFIRM_SECONDS,
  };
  const { text, structured } = toResult(whole, mask);
  const page = planFor(tool, planned, token);
  return refused ? { isError: true, text, page } : { text, ...(structured && { structured }), page };
}

/** What of a preview is for everybody. */
function inWords({ preview }: Planned): Omit<Preview, 'rows'> {
  const { rows: _, ...words } = preview;
  return words;
}

/** The plan for a page, which carries the yes as whoever else sends the token. */
const planFor = (tool: string, { preview }: Planned, confirm: string): PageData => ({
  kind: 'plan',
  tool,
  summary: preview.summary,
  affected: (preview.rows ?? preview.affected).slice(0, MAX_PAGE_LINES),
  more: Math.max(0, preview.affected.length - MAX_PAGE_LINES),
  notes: preview.notes ?? [],
  confirm,
  expiresInSeconds: CONFIRM_SECONDS,
});

/** The summary of the plan as one line for a dialog: it quotes titles of the library. */
const question = ({ preview }: Planned): string => `${oneLine(preview.summary, MAX_QUESTION)} Go ahead?`;

const UNANSWERED: Readonly<Partial<Record<Reply, string>>> = {
  timeout: 'the person has not answered',
  failed: 'this host failed while it should have asked, and what the person said is not known',
};

async function unanswered(consents: Consents, { tool, confirm = '' }: Change, reply: Reply): Promise<Result> {
  if (reply === 'pending') return { text: `${tool}: the person is asked first. Nothing was changed.` };
  if (reply === 'decline') {
    await useUp(consents, confirm).catch(() => false);
    return { isError: true, text: `${tool}: the person declined. Nothing was changed.` };
  }
  const cause = UNANSWERED[reply] ?? 'the question was dismissed, or this host did not show it to anybody';
  const text =
    `${tool}: not confirmed, ${cause}. Nothing was changed, and the confirm token still holds (${CONFIRM_SECONDS} s): ` +
    `call again with confirm: ${confirm} to ask once more. ` +
    'Where nobody can answer questions, start the server with --confirm token: the token is then enough.';
  return { isError: true, text };
}

/** What an operation changes: the objects that its arguments name. */
const idsIn = (args: Change['args']): string[] =>
  Object.entries(args).flatMap(([name, value]) => (name.endsWith('_id') && typeof value === 'string' ? [value] : []));
