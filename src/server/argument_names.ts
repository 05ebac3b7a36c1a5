import type * as z from 'zod';
import { closestTo } from '../text/nearest.ts';

/** `new_name` and `newName` as words, without the plural. */
const split = (text: string): string[] =>
  text
    .slice(0, 400)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 2 ? word.replace(/s$/, '') : word));

/** The words of a name. An id is that of what is named with it. */
function wordsOf(name: string): string[] {
  const words = split(name);
  const others = words.filter((word) => word !== 'id');
  return others.length > 0 ? others : words;
}

/** Words that tools and callers use for the same thing. */
const SAME_WORDS = [
  'accept approve',
  'asset selection',
  'discard reject decline',
  'email recipient guest',
  'end until before expire expiry',
  'field label value metadata property column',
  'folder album collection',
  'id asset clip file video object',
  'limit count max size results',
  'min minimum least seconds duration length longer',
  'mode how',
  'name title rename label',
  'note comment message text body description',
  'page next cursor offset',
  'parent destination target into under to collection',
  'person people face who speaker',
  'picture thumbnail poster keyframe cover',
  'position place order',
  'query search words text phrase',
  'since from after start days',
  'state status',
  'type kind',
  'where created modified viewed storage codec resolution checksum category',
].map(split);

/** Names that an error suggests for one that is unknown. */
const MAX_SUGGESTED = 3;
/** Characters of a name for which a likeness in spelling says more than a likeness in sense. */
const MIN_SPELT = 5;

/**
 * The arguments that an unknown name most likely means: those with the same words, one that is written much like it,
 * those that say the same in other words, or those whose description does. `given` are taken already.
 */
export function argumentsMeant(name: string, { shape }: z.ZodObject, given: readonly string[]): string[] {
  const known = Object.keys(shape).filter((one) => !given.includes(one) && one !== 'confirm');
  const words = wordsOf(name);
  const same = new Set([...words, ...SAME_WORDS.filter((group) => group.some((one) => words.includes(one))).flat()]);
  const near = closestTo(name, Object.keys(shape));
  const spelt = near === undefined ? [] : [near];
  const described = (isMeant: (word: string) => boolean) => (one: string) =>
    split(descriptionOf(shape[one])).some(isMeant);
  const guesses = [
    known.filter((one) => wordsOf(one).join() === words.join()),
    name.length < MIN_SPELT ? [] : spelt,
    known.filter((one) => wordsOf(one).every((word) => same.has(word))),
    spelt,
    known.filter((one) => wordsOf(one).some((word) => same.has(word))),
    known.filter(described((word) => words.includes(word))),
    known.filter(described((word) => same.has(word))),
  ];
  return guesses.find(({ length }) => length > 0 && length <= MAX_SUGGESTED) ?? [];
}

/** Of an argument or, where that has none, of what is optional in it. */
function descriptionOf(schema: z.ZodType | undefined): string {
  const { innerType } = (schema as unknown as { _zod: { def: { innerType?: z.ZodType } } } | undefined)?._zod.def ?? {};
  return schema?.description ?? (innerType ? descriptionOf(innerType) : '');
}
