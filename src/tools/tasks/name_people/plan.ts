import { identityKey } from '../../../text/compare.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { type Find, findsOf } from '../../library/faces/finds.ts';
import {
  findFace,
  isUnconfirmed,
  listPersons,
  type Person,
  personLabel,
  stateLabel,
} from '../../library/faces/persons.ts';
import { documentsOf } from '../../library/selection.ts';
import type { Context, Preview } from '../../types.ts';

export interface Targets {
  readonly assets?: readonly string[] | undefined;
  readonly collection?: string | undefined;
  readonly selection?: string | undefined;
}

/** What is done with the finds of one person. */
export interface NamePlan {
  readonly kind: 'name';
  readonly person: Person;
  /** The new name of the person itself. */
  readonly rename?: string;
  /** Who the finds in `moved` are from now on: a person who is known, or one to be made with this name. */
  readonly to?: { readonly id?: string; readonly name: string };
  readonly moved: readonly Find[];
  /** Finds to confirm, of the person whose they then are. */
  readonly confirmed: readonly Find[];
}

interface Wanted {
  readonly person: string;
  readonly name?: string | undefined;
  readonly verify: boolean;
  readonly targets: Targets;
}

/** Lines of a plan. */
const MAX_LINES = 50;

export async function namePlanOf(context: Context, { person: words, name, verify, targets }: Wanted) {
  const person = await findFace(context, words);
  const [all, scope] = await Promise.all([findsOf(context, person.id), scopeOf(context, targets)]);
  const finds = scope ? all.filter(({ asset_id }) => scope.ids.has(asset_id)) : all;
  const known = name === undefined ? [] : await namesakes(context, name, person);
  const [namesake] = known;
  const isSame = name !== undefined && person.name !== undefined && identityKey(name) === identityKey(person.name);
  // One face of many goes to somebody else; a whole person gets the name, unless somebody has it.
  const isMove =
    name !== undefined && !isSame && (namesake !== undefined || (scope !== undefined && finds.length < all.length));
  const to =
    isMove && finds.length > 0 ? { ...(namesake && { id: namesake.id }), name: namesake?.name ?? name } : undefined;
  const rename = name !== undefined && !isMove && name !== person.name ? name : undefined;
  const plan: NamePlan = {
    kind: 'name',
    person,
    ...(rename && { rename }),
    ...(to && { to }),
    moved: to ? finds : [],
    confirmed: verify ? finds.filter(isUnconfirmed) : [],
  };
  const notes = [
    ...(scope?.notes ?? []),
    ...(words === person.id ? [] : [`${inQuotes(words)} → ${personLabel(person)}`]),
    ...(finds.length === 0
      ? [`Looked at the ${plural(all.length, 'find')} of ${personLabel(person)}: none is in them.`]
      : []),
    ...(known.length > 1 ? [`${known.length} persons have that name: the finds go to ${known[0]?.id}.`] : []),
    ...(verify && finds.length > plan.confirmed.length
      ? [`Confirmed before and left: ${finds.length - plan.confirmed.length}.`]
      : []),
  ];
  return { plan, preview: previewOf(plan, finds, all.length, notes) };
}

/** Others with that name. */
async function namesakes(context: Context, name: string, { id }: Person): Promise<Person[]> {
  const found = await listPersons(context, { name });
  return found.filter((one) => one.id !== id && one.name !== undefined && identityKey(one.name) === identityKey(name));
}

async function scopeOf(context: Context, targets: Targets) {
  if (Object.values(targets).every((one) => one === undefined)) return undefined;
  const { docs, notes } = await documentsOf(context, targets, []);
  return { ids: new Set(docs.flatMap(({ id }) => id ?? [])), notes };
}

function previewOf(plan: NamePlan, finds: readonly Find[], total: number, notes: readonly string[]): Preview {
  const { person, rename, to, moved, confirmed } = plan;
  const label = personLabel(person);
  const parts = [
    rename && `Names ${label} ${inQuotes(rename)} in all ${plural(total, 'find')}; it can be renamed again.`,
    to &&
      `Makes ${plural(moved.length, 'find')} of ${label} those of ${to.id ? personLabel({ id: to.id, name: to.name }) : `a new person ${inQuotes(to.name)}`}; each can be given back the same way.`,
    confirmed.length > 0 && `Confirms ${plural(confirmed.length, 'find')} of it; a confirmation is not taken back.`,
  ].filter(Boolean);
  const lines = (to ? moved : rename ? finds : confirmed).slice(0, MAX_LINES).map(findLine);
  const count = to ? moved.length : rename ? finds.length : confirmed.length;
  return {
    summary: parts.length === 0 ? `Nothing to do: ${label} is as asked.` : parts.join(' '),
    affected: lines,
    notes: [
      ...notes,
      ...(to && moved.length === total ? ['No find remains with it: Iconik may remove it.'] : []),
      ...(lines.length < count ? [`Showing ${lines.length} of ${count}.`] : []),
    ],
  };
}

/** `"Season trailer 2025" · unconfirmed · asset id, version id`. */
export const findLine = ({ title, status, asset_id, version_id }: Find): string =>
  `${inQuotes(title ?? asset_id)} · ${stateLabel(status)} · ${asset_id}, version ${version_id}`;
