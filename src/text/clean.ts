/**
 * Removes from a text what a person does not see and a model reads: control characters, terminal escapes, bidi controls,
 * tags, fillers, stray joiners and variation selectors, lone surrogates, and numeric character references of all these.
 * Keeps emoji sequences, flags, and the joiners of scripts that need them. Idempotent; linear time.
 */
export function clean(text: string): string {
  if (!SUSPECT.test(text)) return text;
  const visible = text
    .toWellFormed()
    .replace(FLAG, (flag) => PLACEHOLDER_OF.get(flag) ?? '')
    .replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n')
    .replace(ESCAPE, '')
    .replace(INVISIBLE, '')
    .replace(STRAY_SELECTOR, '')
    .replace(STRAY_JOINER, '');
  return (
    withoutReferences(visible)
      // A reference that ends with a digit may have held the selector of a keycap.
      .replace(STRAY_SELECTOR, '')
      .replace(/[\ue000-\ue002]/g, (placeholder) => FLAG_OF.get(placeholder) ?? placeholder)
  );
}

/** Few texts hold any of this: all others are returned as they are. */
const SUSPECT =
  /[^\n\t\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0558\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u21ff\u3000-\u3163\u3165-\u9fff\uac00-\ud7a3]|&#/;

/** Three flags are written with tag characters. Private-use characters stand for them while tags are removed. */
const FLAGS = [
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
];
const FLAG =
  /🏴\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}|[\ue000-\ue002]/gu;
const PLACEHOLDERS = ['\ue000', '\ue001', '\ue002'];
const PLACEHOLDER_OF = new Map(FLAGS.map((flag, index) => [flag, PLACEHOLDERS[index]]));
const FLAG_OF = new Map(FLAGS.map((flag, index) => [PLACEHOLDERS[index], flag]));

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const ESCAPE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;

/**
 * Controls, formats, fillers, line and paragraph separators, noncharacters. Not line break and tab, the number and
 * abbreviation signs of Arabic, Syriac and Kaithi, which are visible, and what the two expressions below judge.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters, each judged by itself
  /(?![\n\t\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]|[\u200c\u200d\ufe0e\ufe0f]|[\u{e0100}-\u{e011f}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/**
 * Variation selectors, except one for text or emoji style after a pictograph or in a keycap, and one of an ideographic
 * variant after a Han character (no character has more than 32 variants).
 */
const STRAY_SELECTOR =
  /(?<!\p{Extended_Pictographic})(?:(?<![0-9#*])[\ufe0e\ufe0f]|[\ufe0e\ufe0f](?!\u20e3))|(?<!\p{Script=Han})[\u{e0100}-\u{e011f}]/gu;

/** Joiners, except between two pictographs and between letters of scripts that are written with them. */
const STRAY_JOINER =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: a selector may come before the joiner
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?!\p{L}|\p{M})|(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{M}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/** Removes numeric references of invisible characters, those included that come about by removing others. */
function withoutReferences(text: string): string {
  if (!text.includes('&#')) return text;
  const kept = new Uint16Array(text.length);
  let length = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const start = isHexDigit(unit) ? -1 : referenceAtEnd(kept, length);
    if (start >= 0) length = start;
    if (at < text.length && (start < 0 || unit !== SEMICOLON)) kept[length++] = unit;
  }
  return new TextDecoder('utf-16le').decode(kept.subarray(0, length));
}

const [AMPERSAND, HASH, SEMICOLON] = [0x26, 0x23, 0x3b];
const isX = (unit: number | undefined): boolean => unit === 0x58 || unit === 0x78;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isHexDigit = (unit: number): boolean =>
  isDigit(unit) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);

/** Digits of a reference, leading zeros included. The limit keeps the time linear. */
const MAX_DIGITS = 64;

/** Where the reference of an invisible character starts that the first `length` units end with; -1 if they end otherwise. */
function referenceAtEnd(units: Uint16Array, length: number): number {
  let start = length;
  while (start > length - MAX_DIGITS && isHexDigit(units[start - 1] ?? 0)) start -= 1;
  const digits = units.subarray(start, length);
  const isHex = isX(units[start - 1]);
  if (isHex) start -= 1;
  if (digits.length === 0 || units[start - 1] !== HASH || units[start - 2] !== AMPERSAND) return -1;
  if (!isHex && !digits.every(isDigit)) return -1;
  const code = digits.reduce(
    (sum, digit) => sum * (isHex ? 16 : 10) + Number.parseInt(String.fromCharCode(digit), 16),
    0,
  );
  return code <= 0x10ffff && isInvisible(code) ? start - 2 : -1;
}

function isInvisible(code: number): boolean {
  if (code >= 0xd800 && code <= 0xdfff) return true;
  const character = String.fromCodePoint(code);
  return character === '\r' || clean(character) !== character;
}
