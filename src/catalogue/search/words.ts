const STOP = new Set(
  (
    'a an the of to for in on at by with from is are be do does did we i my our me it this that these those there and or as its one can how all ' +
    'id ids v1 v2 not no when so some any have has had been will would could should can you your us them they he she her his ' +
    'please tell give want need let every everything something somebody someone anything already just now'
  ).split(' '),
);

/**
 * The words of a text without their endings: `comments` and `commented` are `comment`. A name such as `delete_queue` is a
 * word, and so are its parts.
 */
export const wordsOf = (text: string): string[] => namesOf(text).flatMap(withParts);

/** Words without their endings, names whole. */
export const namesOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '' && !STOP.has(word))
    .map(stem);

const withParts = (word: string): string[] =>
  word.includes('_') ? [word, ...namesOf(word.replaceAll('_', ' '))] : [word];

/** English endings only, roughly: both sides of a comparison go through here. */
const stem = (word: string): string =>
  word.length < 4
    ? word
    : word
        .replace(/ies$/, 'y')
        .replace(/(?<=[sxzh])es$|(?<![su])s$/, '')
        .replace(/(?<=\w{2})(\w)(?:\1(?:ing|ed)|ing|ed)$/, '$1')
        .replace(/(?<=\w{3})e$/, '');
