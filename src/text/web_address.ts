/**
 * Whether a text is an address that a person may follow: nothing that runs (`javascript:`), opens a disk (`file:`, `C:\`) or
 * ends a line, which `URL` reads past.
 */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s"<>]+$/i.test(text) && URL.canParse(text);

export const WEB_ADDRESS = 'a web address with https:// or http://, with %20 for a space';
