import { QUOTES } from '../../../text/alternatives.ts';
import { searchKey } from '../../../text/compare.ts';
import { ToolError } from '../../errors.ts';
import { quoted } from '../../library/names.ts';

/** What a person types, as query text. */
export interface WordQuery {
  readonly text: string;
  /** Without what is excluded: to locate the words. Empty if all is excluded. */
  readonly wanted: string;
  /** How signs and operators were read, if there are any. */
  readonly notes: readonly string[];
}

interface Term {
  readonly text: string;
  readonly isExcluded: boolean;
}

const PIECE = /[-\u2212\u2013!+]?"[^"]*"|[^\s"]+/g;
/** A sign that excludes what follows at once. A dash with spaces around it is none. */
const EXCLUDES = /^[-\u2212\u2013!](?=["\p{L}\p{N}])/u;
const OPERATORS: Readonly<Record<string, 'AND' | 'OR' | 'NOT'>> = {
  ...{ AND: 'AND', '&&': 'AND' },
  ...{ OR: 'OR', '||': 'OR' },
  NOT: 'NOT',
};
const FIELD =
  /^(?:title|description|id|status|media_type|segment_text|transcription_text|(?:metadata|files|date)[._]\w+):[\p{L}\p{N}]/iu;
const HAS_WORD = /[\p{L}\p{N}]/u;
/** No asset has this id. A clause without a word is left out by the search, which would then find everything. */
const NOTHING = 'id:nothing';
const PLAIN = /^[\p{L}\p{M}\p{N}_']+$/u;

/**
 * Writes a word for the places where it is looked for; as it is, Iconik looks in its own default fields.
 */
export type Write = (term: string) => string;

/** A word in titles, metadata, speech, comments and markers: each word may be in another of them. */
export const anywhere: Write = (term) => `(${term} OR transcription_text:${term} OR segment_text:${term})`;

/** How the words of each argument are written, as a whole or one by one. */
export const WRITES = {
  anywhere,
  words: (term) => term,
  spoken: (term) => `transcription_text:(${term})`,
  comment: (term) => `segment_text:(${term})`,
} as const satisfies Readonly<Record<string, Write>>;

/** The words of a query text, each once, without its operators. */
export function wordsIn(text: string): string[] {
  const words = (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => !Object.hasOwn(OPERATORS, word));
  return [...new Map(words.map((word) => [searchKey(word), word])).values()];
}

/**
 * Reads words as people write them for search engines: all must match; quotes make phrases; `-word`, `NOT word` exclude;
 * `OR` joins the words beside it; a final star matches beginnings; all other signs are literal. Throws `ToolError` that
 * names what is not understood.
 */
export function readWords(argument: string, given: string, write: Write = (term) => term): WordQuery {
  const pieces = piecesOf(argument, given);
  if (!HAS_WORD.test(given))
    return {
      text: NOTHING,
      wanted: '',
      notes: [`${argument}: there is no word in "${given}", so nothing is found. Leave it out to find everything.`],
    };
  // Operators alone are looked for as they are.
  if (!pieces.some((piece) => !Object.hasOwn(OPERATORS, piece) && HAS_WORD.test(piece)))
    return { text: write(quoted(given)), wanted: '', notes: [`${argument}: there is no word in "${given}"`] };
  const groups = grouped(argument, pieces);
  const textOf = (some: readonly (readonly Term[])[], how: Write) =>
    some.map((one) => groupText(one, how)).join(' AND ');
  const plain: Write = (term) => term;
  const wanted = groups.filter((group) => group.some(({ isExcluded }) => !isExcluded));
  const hasSigns = pieces.some(
    (piece) =>
      Object.hasOwn(OPERATORS, piece) ||
      EXCLUDES.test(piece) ||
      (piece.endsWith('*') && !PLAIN.test(piece.slice(0, -1))),
  );
  return {
    text: textOf(groups, write),
    wanted: textOf(wanted, plain),
    notes: hasSigns ? [`${argument} → ${textOf(groups, plain)}`] : [],
  };
}

function piecesOf(argument: string, given: string): string[] {
  const plain = given
    .normalize('NFC')
    .replace(QUOTES, '"')
    .replace(/[\u2018\u2019]/g, "'");
  return (plain.match(PIECE) ?? []).flatMap((piece) => {
    // Nobody says a stroke; in titles it stands between spaces.
    if (piece === '|' && argument === 'spoken') return ['OR'];
    if (piece.includes('"') || !/[^|]\|+[^|]/.test(piece)) return [piece];
    return piece.split(/\|+/).flatMap((part, index) => (index > 0 ? ['OR', part] : [part]));
  });
}

const groupText = (group: readonly Term[], write: Write): string => {
  const terms = group.map(({ text, isExcluded }) => (isExcluded ? `NOT ${write(text)}` : write(text)));
  return terms.length > 1 ? `(${terms.join(' OR ')})` : (terms[0] ?? '');
};

/** Terms that must all match; those of one group are alternatives. */
function grouped(argument: string, pieces: readonly string[]): Term[][] {
  const groups: Term[][] = [];
  let operator: 'AND' | 'OR' | undefined;
  let isExcluded = false;
  const dangling = (name: string): never => {
    throw new ToolError(
      `${argument}: ${name} needs a word after it${name === 'NOT' ? '' : ' and before it'}. To search for the word itself, write "${name}" in quotes.`,
    );
  };
  for (const piece of pieces) {
    const own = OPERATORS[piece];
    if (own === 'NOT') isExcluded = !isExcluded;
    else if (own) {
      if (groups.length === 0 || operator || isExcluded) dangling(own);
      operator = own;
    } else {
      const text = termText(argument, piece.replace(EXCLUDES, ''));
      if (text === undefined) continue;
      const term = { text, isExcluded: isExcluded !== EXCLUDES.test(piece) };
      const last = groups.at(-1);
      if (operator === 'OR' && last) last.push(term);
      else groups.push([term]);
      operator = undefined;
      isExcluded = false;
    }
  }
  if (operator || isExcluded) dangling(isExcluded ? 'NOT' : (operator ?? 'OR'));
  if (pieces.some((piece) => Object.hasOwn(OPERATORS, piece)) && pieces.some((piece) => /^\(|\)$/.test(piece)))
    throw new ToolError(
      `${argument}: brackets are not understood. OR joins the two words beside it: a OR b c finds c with a or b.`,
    );
  return groups;
}

/** One piece as query text; undefined if it is signs only. */
function termText(argument: string, piece: string): string | undefined {
  if (!HAS_WORD.test(piece)) return undefined;
  if (FIELD.test(piece))
    throw new ToolError(
      `${argument}: "${piece}" names a field. Use where for metadata by label, or the tool search for whole queries.`,
    );
  const isPhrase = piece.startsWith('"') || piece.startsWith('+"');
  const body = piece.replace(/^\+/, '').replace(/^"|"$/g, '');
  const word = body.replace(/\*$/, '');
  const star = word !== body;
  if ((isPhrase && star) || word.includes('*'))
    throw new ToolError(`${argument}: in ${piece} the star is not understood. It may end a single word: foo*.`);
  if (isPhrase) return quoted(word);
  if (PLAIN.test(word)) return `${isReserved(word) ? quoted(word) : word}${star ? '*' : ''}`;
  return star ? beginning(argument, word) : quoted(word);
}

/** `take-2*`: search holds the parts as words of their own, the last of which is unfinished. */
function beginning(argument: string, word: string): string {
  const parts = word.match(/[\p{L}\p{M}\p{N}_']+/gu) ?? [];
  if (!/[\p{L}\p{M}\p{N}]$/u.test(word))
    throw new ToolError(`${argument}: the star after "${word}" is not understood. It may end a word: foo*.`);
  return `(${parts.map((part, index) => (index < parts.length - 1 ? quoted(part) : `${part}*`)).join(' AND ')})`;
}

const isReserved = (word: string): boolean => /^(AND|OR|NOT|TO)$/.test(word);
