/**
 * Whether a text is an address that a person may follow: nothing that runs (`javascript:`), opens a disk (`file:`, `C:\`) or
 * ends a line, which `URL` reads past.
 */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s"<>]+$/i.test(text) && URL.canParse(text);

export const WEB_ADDRESS = 'a web address with https:// or http://, with %20 for a space';

/** What the readers of addresses leave out: all that cannot be seen before one, tabs and ends of lines anywhere. */
const UNREAD = /^[\p{Z}\p{C}]+|[\t\r\n\p{Cf}]/gu;
const RUNS =
  /^(?:(?:javascript|vbscript|livescript)\s*:|data:\s*(?:text\/(?:html|xml|javascript)|image\/svg|application\/))/i;
/** `JavaScript: The Good Parts`: words, and nothing of a program. */
const PROSE = /^\w+:\s[\p{L}\p{N}\s,.!?'’–-]*$/u;
/** Characters of a text that say whether it is one. */
const MAX_LOOKED_AT = 2_000;

/** Whether a text reads like an address that runs where somebody follows it: `javascript:…`, a page in `data:`. */
export function isScriptAddress(text: string): boolean {
  const read = text.slice(0, MAX_LOOKED_AT).replace(UNREAD, '');
  return RUNS.test(read) && !PROSE.test(read);
}
