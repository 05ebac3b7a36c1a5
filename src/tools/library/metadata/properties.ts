import { identityKey, withName } from '../../../text/compare.ts';
import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import type { Context } from '../../types.ts';
import { storagesOf } from '../files.ts';
import { onlyNear, quoted } from '../names.ts';
import type { Term } from '../search.ts';
import { cutFrom, ORIGINAL, ofType } from '../subclips.ts';
import { textOf } from './values.ts';

/** What is said, on an asset in the index. */
const TRANSCRIPT = 'transcription_text';
/** The storages of all files of an asset. */
export const STORAGE = 'files.storage_id';

/** What is not metadata, and can be looked for all the same. */
export const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['category', 'category'],
  ['external id', 'external_id'],
  ['storage', STORAGE],
  ['transcript', TRANSCRIPT],
  ['type', 'type'],
  ['cut from', ORIGINAL],
]);

/** What people call them, too. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ...['original', 'original asset', 'original asset id', 'subclip of', 'subclips of', 'sub clip of', 'sub clips of']
    .concat('parent', 'parent asset')
    .map((one) => [one, 'cut from'] as const),
  ['asset type', 'type'],
  ['kind', 'type'],
]);

/** `Sub-clip of` → `cut from`, `external_id` → `external id`: the name of a property, if the label is one. */
export function propertyLabel(label: string): string {
  const plain = identityKey(label).replace(/[_-]/g, ' ');
  return ALIASES.get(plain) ?? plain;
}

const IS_PRESENCE = /^(not )?empty$/i;

export const presence = (name: string, text: string): Term =>
  /^not/i.test(text) ? { name, exists: true } : { name, missing: true };

/** A condition on a property of assets. Throws `ToolError` for a storage that there is not. */
export async function propertyCondition(context: Context, label: string, name: string, wanted: unknown) {
  const values = [wanted].flat().map((one) => textOf(label, one));
  const [text] = values;
  if (text === undefined) throw new ToolError(`${label}: no value was given. Leave it out, or give "empty".`);
  const isPresence = values.length === 1 && IS_PRESENCE.test(text);
  if (name === TRANSCRIPT && !isPresence)
    throw new ToolError(`${label}: give "not empty" or "empty". To find words that are said use spoken.`);
  if (name === STORAGE && !isPresence) return onStorage(context, label, values);
  if (name === ORIGINAL && !isPresence) return cutFrom(context, label, values);
  if (name === 'type' && !isPresence) return ofType(label, values);
  const terms = isPresence ? [presence(name, text)] : [{ name, value_in: values }];
  const meaning = name === TRANSCRIPT ? `${text}: what is said, on whatever version` : name;
  return { terms, not: [], notes: [`${label} → ${meaning}`] };
}

async function onStorage(context: Context, label: string, values: readonly string[]) {
  const isNot = values.length === 1 && /^not /i.test(values[0] ?? '');
  const all = await storagesOf(context);
  const found = values.map((value) => {
    const words = isNot ? value.slice('not '.length).trim() : value;
    const [exact] = withName(all, ({ id = '', name = '' }) => [id, name], words);
    const one = exact ?? onlyNear(context, words, all, { noun: 'the storage', nameOf: ({ name = '' }) => name });
    if (one?.id) return { id: one.id, name: one.name ?? one.id };
    const names = firstOf(all, MAX_NAMES, ({ name, id }) => inQuotes(name ?? String(id)));
    throw new ToolError(`${label}: no storage is called ${inQuotes(words)}. There are: ${names || 'none'}.`);
  });
  const ids = found.map(({ id }) => id);
  const names = found.map(({ name }) => inQuotes(name)).join(' or ');
  const gone = isNot ? '' : '; also one that is gone from it since, as to the archive: the column storage says so';
  const notes = [`${label} → a file on ${names}${isNot ? ' is not there' : ''}, of whatever version${gone}`];
  if (isNot) return { terms: [], not: ids.map((id) => `${STORAGE}:${quoted(id)}`), notes };
  return { terms: [{ name: STORAGE, value_in: ids }], not: [], notes };
}

const MAX_NAMES = 20;
