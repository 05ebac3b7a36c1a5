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

/** A size of picture that is allowed, or several of one name, with the scan that `1080p` says. */
export interface Size {
  readonly pixels: readonly string[];
  readonly scan?: Scan;
}

/** What people call the picture of a delivery. */
const PICTURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['hd', ['1920x1080']],
  ['full hd', ['1920x1080']],
  ['1080', ['1920x1080']],
  ['720', ['1280x720']],
  ['uhd', ['3840x2160']],
  ['2160', ['3840x2160']],
  // Of television and of cinema.
  ['4k', ['3840x2160', '4096x2160']],
]);

/** `1080p` → 1920x1080, progressive. Throws `ToolError`. */
export function sizeOf(wanted: string): Size {
  const { text, scan } = withoutScan(wanted.trim().toLowerCase());
  const own = scan && { scan };
  const named = PICTURES.get(text);
  if (named) return { pixels: named, ...own };
  const sides = text.split(/[x×*]/).map(wholeNumber);
  if (sides.length === 2 && sides.every(Boolean)) return { pixels: [sides.join('x')], ...own };
  throw new ToolError(
    `resolution: "${wanted}" is not a resolution. Write 1920x1080, HD or UHD; give the rate as frame_rate, progressive as scan.`,
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
