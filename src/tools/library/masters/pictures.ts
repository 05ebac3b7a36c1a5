import { type FrameRate, parseFrameRate } from '../../../media/rate.ts';
import { ToolError } from '../../errors.ts';
import { type Facts, factText, wholeNumber } from '../media/tech.ts';

export const SCANS = ['progressive', 'interlaced'] as const;
export type Scan = (typeof SCANS)[number];

/** How the picture is scanned; MBAFF and PAFF are ways to code interlaced pictures. Undefined where mediainfo does not say. */
export function scanOf(track: Facts): { readonly found: string; readonly scan: Scan | undefined } | undefined {
  const found = factText(track, 'scan_type');
  if (found === undefined) return undefined;
  const scan = /^(interlaced|mbaff|paff)/i.test(found)
    ? 'interlaced'
    : SCANS.find((one) => one === found.toLowerCase());
  return { found, scan };
}

/** A size of picture that is allowed, or several of one name, with the scan and the rate that `1080p25` says. */
export interface Size {
  readonly pixels: readonly string[];
  readonly scan?: Scan;
  readonly rate?: FrameRate;
}

/** What people call the picture of a delivery. */
const PICTURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['hd', ['1920x1080']],
  ['full hd', ['1920x1080']],
  ['1080', ['1920x1080']],
  ['720', ['1280x720']],
  ['576', ['720x576']],
  ['uhd', ['3840x2160']],
  ['2160', ['3840x2160']],
  // Of television and of cinema.
  ['4k', ['3840x2160', '4096x2160']],
]);

/** `1080p25`, `UHD 25p`, `1920x1080 25 fps`: the size, and behind it the rate. */
const WITH_RATE =
  /^(full hd|uhd|hd|4k|1080|720|576|2160|\d{3,5} ?[x×*] ?\d{3,5})( ?[pi])?( ?[/@] ?| )?(\d{4}|\d{2,3}(?:[.,]\d{1,3})?) ?([pi]|fps)?$/;

/** More frames a second than any interlaced picture has: these are its fields. */
const MAX_INTERLACED = 30;

/** Size, scan and rate in one word: `1080i50` → 1920x1080, interlaced, 25 frames. Undefined for others. */
export function pictureOf(wanted: string): Size | undefined {
  const [, name, letter = '', gap, number = '', end = ''] = WITH_RATE.exec(wanted.trim().toLowerCase()) ?? [];
  const letters = `${letter.trim()}${end.replace('fps', '')}`;
  if (!name || letters.length > 1 || (!letter && !gap && /\d$/.test(name))) return undefined;
  const scan = letters === '' ? undefined : letters === 'p' ? 'progressive' : 'interlaced';
  const perSecond = Number(number.replace(',', '.')) / (number.length === 4 && !/[.,]/.test(number) ? 100 : 1);
  const frames = scan === 'interlaced' && perSecond > MAX_INTERLACED ? perSecond / 2 : perSecond;
  return { ...sizeOf(name), ...(scan && { scan }), rate: parseFrameRate(frames) };
}

/** `1080p` → 1920x1080, progressive. Throws `ToolError`. */
export function sizeOf(wanted: string): Size {
  const picture = pictureOf(wanted);
  if (picture) return picture;
  const { text, scan } = withoutScan(wanted.trim().toLowerCase());
  const own = scan && { scan };
  const named = PICTURES.get(text);
  if (named) return { pixels: named, ...own };
  const sides = text.split(/[x×*]/).map(wholeNumber);
  if (sides.length === 2 && sides.every(Boolean)) return { pixels: [sides.join('x')], ...own };
  throw new ToolError(
    `resolution: "${wanted}" is not a resolution. Write 1920x1080, HD, UHD or 1080p25; alone, give the rate as frame_rate, progressive as scan.`,
  );
}

/** A frame rate that is allowed, with the scan that `25p` says. */
export interface Rate {
  readonly rate: FrameRate;
  readonly scan?: Scan;
}

/** `25p` → 25, progressive. Throws `MediaError`, and `ToolError` for `50i`, which some mean as fields and some as frames. */
export function wantedRate(wanted: string): Rate {
  const { text, scan } = withoutScan(wanted.trim().toLowerCase());
  const rate = parseFrameRate(text);
  if (scan === 'interlaced')
    throw new ToolError(
      `frame_rate: "${wanted}" may count fields or frames. Write the frames, e.g. 25, with scan: interlaced.`,
    );
  return { rate, ...(scan && { scan }) };
}

function withoutScan(text: string): { readonly text: string; readonly scan?: Scan } {
  const [, number, letter] = /^(.*\d)\s*([pi])$/.exec(text) ?? [];
  return number === undefined ? { text } : { text: number, scan: letter === 'p' ? 'progressive' : 'interlaced' };
}

/** mediainfo may write `23.976 (24000/1001) FPS`. */
export function foundRate(found: string | undefined): FrameRate | undefined {
  try {
    return found ? parseFrameRate(found.trim().split(' ')[0] ?? '') : undefined;
  } catch {
    return undefined;
  }
}

export const isSameRate = (one: FrameRate, other: FrameRate): boolean =>
  one.numerator === other.numerator && one.denominator === other.denominator;
