/**
 * Takes out of a text what a person would not see and a model would read: control characters, terminal escapes,
 * bidi overrides, zero-width and tag characters, stray joiners and variation selectors, lone surrogates. Emoji
 * sequences, flags, and the joiners that Arabic, Persian and Indic scripts need stay. Idempotent; linear time.
 */
export function clean(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .toWellFormed()
    .replace(FLAG, (flag) => KEPT_FLAGS.get(flag) ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(ESCAPE, '')
    .replace(INVISIBLE, '')
    .replace(SELECTOR, '')
    .replace(JOINER, '')
    .replace(/[\ue000-\ue002]/g, (mark) => BACK.get(mark) ?? mark);
}

// Nothing of this: nothing to do, which is nearly every text.
const SUSPECT = /[^\n\t\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0558\u3000-\u3163\u3165-\u9fff\uac00-\ud7a3]/;

/** The three flags that are written with tag characters. They wait in private-use characters while tags go. */
const tags = (letters: string): string =>
  `\u{1f3f4}${[...letters].map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join('')}\u{e007f}`;
const FLAGS = ['gbeng', 'gbsct', 'gbwls'].map(tags);
const KEPT_FLAGS = new Map(FLAGS.map((flag, index) => [flag, String.fromCharCode(0xe000 + index)]));
const BACK = new Map(FLAGS.map((flag, index) => [String.fromCharCode(0xe000 + index), flag]));
const FLAG = new RegExp(`${FLAGS.join('|')}|[\\ue000-\\ue002]`, 'gu');

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const ESCAPE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;

const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters, each to be taken out
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}\u{e01f0}-\u{e0fff}]/gu;

/** Variation selectors, but for text or emoji style behind a pictograph, and one ideographic variant behind a Han sign. */
const SELECTOR =
  /(?<![\p{Emoji}\p{Extended_Pictographic}])[\ufe0e\ufe0f]|[\ufe00-\ufe0d]|(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]/gu;

/** Joiners, but between two pictographs, and between letters of scripts that are written with them. */
const JOINER =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: a selector may stand before the joiner
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?!\p{L}|\p{M})|(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{M}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;
