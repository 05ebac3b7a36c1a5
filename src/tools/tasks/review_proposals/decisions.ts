import { identityKey } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { isWebAddress, WEB_ADDRESS } from '../../../text/web_address.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { type Change, type Changed, holds } from '../../library/metadata/change.ts';
import { findField } from '../../library/metadata/fields.ts';
import {
  holdsProposed,
  isHeld,
  type Proposal,
  type Proposed,
  proposedLines,
} from '../../library/metadata/proposals.ts';
import { storedIn, storedOf } from '../../library/metadata/stored.ts';
import { quotedValue, type Value } from '../../library/metadata/values.ts';
import { titleBesideId, titleOf } from '../../library/plans/titles.ts';
import { metadata } from '../../operations/metadata.ts';
import { proposals } from '../../operations/proposals.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** What happens to one proposal. */
export interface Decision {
  readonly proposal: Proposal;
  /**
   * Iconik decides on a proposal as a whole: `accept` and `discard` do that. `write` writes single fields as any other
   * value, and `discards` the rest if that is decided, too.
   */
  readonly how: 'accept' | 'discard' | 'write';
  readonly accepted: readonly Proposed[];
  readonly discarded: readonly Proposed[];
  readonly discards: boolean;
}

/** Which fields are meant: all, or those with these names. */
export type Fields = 'all' | ReadonlySet<string>;

/** The fields that labels mean. Throws `ToolError` for one that is none. */
export async function fieldsNamed(context: Context, labels: readonly string[] = []): Promise<Fields> {
  if (labels.length === 1 && identityKey(labels[0] ?? '') === 'all') return 'all';
  return new Set((await Promise.all(labels.map((label) => findField(context, label)))).map(({ name }) => name));
}

const has = (fields: Fields, { field }: Proposed): boolean => fields === 'all' || fields.has(field.name);

/** The accepted fields that the asset does not hold yet. */
export const writtenBy = ({ accepted }: Pick<Decision, 'accepted'>): readonly Proposed[] =>
  accepted.filter((one) => !isHeld(one));

/** Undefined where nothing of a proposal is decided or would change, or where only a part would be discarded. */
export function decisionOn(proposal: Proposal, accept: Fields, discard: Fields): Decision | undefined {
  const accepted = proposal.fields.filter((one) => has(accept, one));
  const discarded = proposal.fields.filter((one) => has(discard, one) && !has(accept, one));
  const isKnown = proposal.unknown.length === 0;
  const all = proposal.fields.length;
  const base = { proposal, accepted, discarded };
  if (accept === 'all' || (accepted.length === all && isKnown && all > 0))
    return { ...base, how: 'accept', discards: false };
  if (discard === 'all' ? accepted.length === 0 : discarded.length === all && isKnown && all > 0)
    return { ...base, how: 'discard', discards: false };
  const discards = discard === 'all' || (accepted.length + discarded.length === all && isKnown);
  if (accepted.length === 0 || (!discards && writtenBy(base).length === 0)) return undefined;
  return { ...base, how: 'write', discards };
}

/** Throws `ToolError` for a decision that would write what no field for addresses takes: the AI reads what guests write. */
export function requireAddresses(decisions: readonly Decision[]): void {
  for (const { proposal, accepted } of decisions)
    for (const { field, values } of accepted) {
      const wrong = field.type === 'url' ? values.find((value) => !isWebAddress(String(value))) : undefined;
      if (wrong !== undefined)
        throw new ToolError(
          `${titleOf(proposal)}: AI proposes ${quotedValue(field, wrong, MAX_QUOTED)} for ${field.label}, which takes ${WEB_ADDRESS}. Discard it there: accept the other labels, and discard [${inQuotes(field.label)}]. Nothing was changed.`,
        );
    }
}

/** Characters of a value that an error quotes. */
const MAX_QUOTED = 80;

/** `"Title" · accepts Keywords: "a" → "b"; discards Location: … · asset id, job id`. */
export function decisionLine({ proposal, how, accepted, discarded, discards }: Decision): string {
  const kept = proposal.fields.length - accepted.length - discarded.length;
  const others = proposal.fields.filter((one) => !accepted.includes(one));
  const parts = [
    accepted.length > 0 && `accepts ${proposedLines(accepted)}`,
    how === 'discard' && `discards ${proposedLines(proposal.fields)}`,
    how === 'write' && discards && `discards ${proposedLines(others)}`,
    how === 'write' && !discards && `leaves ${kept + discarded.length} undecided`,
    how !== 'write' && proposal.unknown.length > 0 && `also ${proposal.unknown.map(inQuotes).join(', ')}, in no view`,
  ];
  return [titleBesideId(proposal), ...parts, proposal.asset_id].filter(Boolean).join(' · ');
}

/** What Iconik shows after a decision, and what its asset holds then in the accepted fields. */
export interface Outcome {
  readonly isShown: boolean;
  readonly held: Readonly<Record<string, readonly Value[]>>;
}

/** Carries a decision out and reads back. Throws where Iconik refuses it. */
export async function decide(context: Context, decision: Decision): Promise<Outcome> {
  const { proposal, how, discards } = decision;
  const { job_id } = proposal;
  if (how === 'accept') await context.use(proposals.tools.accept_metadata_proposals, { job_id });
  if (how === 'write') await writeFields(context, proposal, writtenBy(decision));
  if (how === 'discard' || discards) {
    try {
      await context.use(proposals.tools.discard_metadata_proposals, { job_id });
    } catch (error) {
      if (context.signal.aborted || how === 'discard') throw error;
      throw new ToolError(`The accepted fields are written, the others were not discarded: ${reasonOf(error)}`);
    }
  }
  return outcomeOf(context, decision).catch(instead(context, { isShown: false, held: {} }));
}

async function writeFields(context: Context, { asset_id }: Proposal, written: readonly Proposed[]): Promise<void> {
  for (const view_id of new Set(written.map(({ field }) => field.view_id))) {
    const own = written.filter(({ field }) => field.view_id === view_id);
    const metadata_values = Object.fromEntries(
      own.map(({ field, values }) => [field.name, { field_values: values.map((value) => ({ value })) }]),
    );
    await context.use(metadata.tools.update_asset_metadata, { asset_id, view_id, metadata_values });
  }
}

async function outcomeOf(context: Context, { proposal, how, accepted, discards }: Decision): Promise<Outcome> {
  const { asset_id, version_id, job_id } = proposal;
  const fields = accepted.map(({ field }) => field);
  const stored = await storedOf(context, asset_id, fields);
  const held = Object.fromEntries(fields.map(({ name }) => [name, storedIn(stored, name)]));
  if (!accepted.every((one) => holdsProposed(one, held[one.field.name] ?? []))) return { isShown: false, held };
  if (how === 'write' && !discards) return { isShown: true, held };
  const { proposals: open } = await context.use(proposals.tools.list_metadata_proposals, { asset_id, version_id });
  return { isShown: !JSON.stringify(open).includes(job_id), held };
}

/** What a decision changed on its asset, for its undo. */
export function changedBy({ proposal, accepted }: Decision, held: Outcome['held']): Changed {
  const { asset_id: id, title, apart } = proposal;
  const written = accepted.filter(({ field, now }) => {
    const whole: Change = { field, mode: 'overwrite', values: held[field.name] ?? [] };
    return held[field.name] !== undefined && !holds(whole, now);
  });
  return {
    ...{ id, title, apart },
    old: Object.fromEntries(written.map(({ field, now }) => [field.name, now])),
    changes: written.map(({ field }) => ({ field, mode: 'overwrite', values: held[field.name] ?? [] })),
  };
}
