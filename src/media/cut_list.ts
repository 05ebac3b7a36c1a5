import { MediaError } from './errors.ts';
import { oneLine } from './markers/marker.ts';
import { type FrameRate, millisecondsToFrame } from './rate.ts';
import { type Clock, formatFrameRate, framesPerDay, framesToTimecode, parseTimecode } from './timecode.ts';

/** A range of a source that is laid behind others. Times in milliseconds from the first frame of the source. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** Of the source. Its rate is that of the list. */
  readonly clock: Clock;
  /** The same for the same source. */
  readonly source: string;
  /** The name of its file, or what it is called where no file is known. */
  readonly clipName: string;
  /** What the range is called. */
  readonly name?: string | undefined;
  readonly isAudio?: boolean | undefined;
}

/** A cut as the list has it: timecodes of the source and of the record, each out being the frame behind it. */
export interface CutEvent {
  readonly number: number;
  readonly reel: string;
  readonly source: readonly [string, string];
  readonly record: readonly [string, string];
  readonly frames: number;
}

/** A CMX 3600 list has three digits for the number of an event. */
export const MAX_EVENTS = 999;
const RECORD_START = '01:00:00:00';
/** Characters of a comment: editing systems cut long lines, or refuse them. */
const MAX_COMMENT = 200;

/** How two rates are told apart: frames that are counted otherwise have other timecodes. */
export const rateKey = ({ numerator, denominator, drop }: FrameRate): string =>
  `${numerator}/${denominator}${drop ? ' drop' : ''}`;

/**
 * Lays cuts one behind the other from record 01:00:00:00 on. Throws `MediaError` for more than a list can number, for more
 * than a day, and for rates whose frames take three digits.
 */
export function layOut(cuts: readonly Cut[], rate: FrameRate): CutEvent[] {
  if (cuts.length > MAX_EVENTS)
    throw new MediaError(`${cuts.length} ranges: an EDL (CMX 3600) numbers at most ${MAX_EVENTS}. Make two lists.`);
  if (rate.nominal > 100)
    throw new MediaError(`An EDL (CMX 3600) counts frames in two digits: ${formatFrameRate(rate)} does not fit.`);
  const reels = reelNames(cuts);
  const zero = parseTimecode(RECORD_START, rate);
  let at = zero;
  const events = cuts.map(({ start, end, clock, source }, index): CutEvent => {
    const first = clock.start + millisecondsToFrame(start, clock.rate);
    const frames = Math.max(1, clock.start + millisecondsToFrame(end, clock.rate) - first);
    const from = at;
    at += frames;
    const span = (begin: number) => [framesToTimecode(begin, rate), framesToTimecode(begin + frames, rate)] as const;
    return { number: index + 1, reel: reels.get(source) ?? '', source: span(first), record: span(from), frames };
  });
  if (at - zero > framesPerDay(rate)) throw new MediaError('The ranges are longer than the 24 hours of timecode.');
  return events;
}

/**
 * Writes an edit decision list (CMX 3600): straight cuts of picture and sound, and for each the name of its clip. Reels have the eight characters of the format; the file itself is named in a comment.
 */
export function toCutEdl(title: string, cuts: readonly Cut[], rate: FrameRate): string {
  const events = layOut(cuts, rate).flatMap(({ number, reel, source, record }, index) => {
    const { clipName, name = '', isAudio } = cuts[index] as Cut;
    const times = [...source, ...record].join(' ');
    return [
      `${String(number).padStart(3, '0')}  ${reel.padEnd(8)} ${(isAudio ? 'A' : 'B').padEnd(5)} C        ${times}  `,
      `* FROM CLIP NAME: ${comment(clipName) || reel}`,
      ...(comment(name) && name !== clipName ? [`* COMMENT: ${comment(name)}`] : []),
    ];
  });
  const mode = rate.drop ? 'DROP FRAME' : 'NON-DROP FRAME';
  return `${[`TITLE: ${comment(title) || 'String-out'}`, `FCM: ${mode}`, '', ...events].join('\n')}\n`;
}

const comment = (text: string): string => oneLine(text).slice(0, MAX_COMMENT).toWellFormed();

const REEL_LENGTH = 8;
/** What the format itself calls black and what has no reel. */
const RESERVED = ['BL', 'AX'];

/** A reel for each source: the name of its file without the ending, as far as eight characters go; each once. */
export function reelNames(cuts: readonly Pick<Cut, 'source' | 'clipName'>[]): ReadonlyMap<string, string> {
  const reels = new Map<string, string>();
  const taken = new Set(RESERVED);
  for (const { source, clipName } of cuts) {
    if (reels.has(source)) continue;
    const plain = plainReel(clipName);
    let reel = plain.slice(0, REEL_LENGTH);
    for (let n = 2; reel === '' || taken.has(reel); n += 1) {
      const number = String(plain === '' ? reels.size + n - 1 : n);
      reel = `${(plain || 'REEL').slice(0, REEL_LENGTH - number.length)}${number}`;
    }
    taken.add(reel);
    reels.set(source, reel);
  }
  return reels;
}

/** `A001_C003.mov` as `A001_C003`. */
export const plainReel = (clipName: string): string =>
  clipName
    .replace(/\.[a-z0-9]{2,4}$/i, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toUpperCase();
