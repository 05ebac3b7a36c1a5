import type { formats } from '../../operations/formats.ts';
import type { OutputOf } from '../../types.ts';

export type Format = OutputOf<typeof formats.tools.list_version_formats.output.shape>['objects'][number];

/** What mediainfo found in the tracks of a format, as far as it says so. Texts as it writes them. */
export interface Tech {
  /** Milliseconds. */
  readonly duration?: number;
  /** Bytes. */
  readonly size?: number;
  readonly codec?: string;
  readonly resolution?: string;
  readonly rate?: string;
  readonly timecode?: string;
  readonly audio?: string;
}

/** What mediainfo found in one track. */
export type Facts = Readonly<Record<string, unknown>>;

/** A fact as text; undefined where mediainfo does not say. */
export const factText = (facts: Facts | undefined, name: string): string | undefined =>
  facts?.[name] === undefined || facts[name] === null ? undefined : String(facts[name]);

const number = (facts: Facts | undefined, name: string): number | undefined => {
  const value = Number(facts?.[name] ?? '');
  return factText(facts, name) && Number.isFinite(value) ? Math.round(value) : undefined;
};

/** Above this, a length with a decimal point is in milliseconds, as one without is. */
const MAX_SECONDS = 86_400;

/** Milliseconds. Older systems write seconds, with a decimal point: `18.352`. */
function lengthIn(facts: Facts | undefined): number | undefined {
  const written = factText(facts, 'duration') ?? '';
  return written.includes('.') && Number(written) <= MAX_SECONDS
    ? Math.round(Number(written) * 1000)
    : number(facts, 'duration');
}

/** The tracks of one type, each as what mediainfo found in it. */
export const tracksOf = (format: Format | undefined, type: 'GENERAL' | 'VIDEO' | 'AUDIO' | 'IMAGE'): Facts[] =>
  (format?.components ?? []).filter((one) => one.type === type).map(({ metadata }) => (metadata ?? {}) as Facts);

/** The technical facts of a format, from its components. */
export function techOf(format: Format | undefined): Tech {
  const [general, video, audio, image] = (['GENERAL', 'VIDEO', 'AUDIO', 'IMAGE'] as const).map(
    (type) => tracksOf(format, type)[0],
  );
  const picture = video ?? image;
  const [width, height] = [factText(picture, 'width'), factText(picture, 'height')];
  const sound = [
    factText(audio, 'format'),
    channels(audio && channelsOf(audio)),
    kiloHertz(factText(audio, 'sampling_rate')),
  ];
  return defined({
    duration: lengthIn(general) ?? lengthIn(video) ?? lengthIn(format?.metadata?.[0]),
    size: number(general, 'file_size'),
    codec:
      [factText(picture ?? audio, 'format'), factText(picture, 'format_profile')].filter(Boolean).join(' ') ||
      undefined,
    resolution: width && height ? `${width}x${height}` : undefined,
    rate: factText(video, 'frame_rate') ?? factText(general, 'frame_rate'),
    timecode: factText(general, 'time_code_of_first_frame') ?? factText(video, 'time_code_of_first_frame'),
    audio: sound.filter(Boolean).join(' ') || undefined,
  });
}

/** How many channels a track has, as mediainfo writes it: under `channels`, or `channel_s` from its "Channel(s)". */
export const channelsOf = (track: Facts): string | undefined =>
  factText(track, 'channels') ?? factText(track, 'channel_s');

const channels = (count: string | undefined): string | undefined => count && `${count} ch`;
const kiloHertz = (hertz: string | undefined): string | undefined =>
  hertz && (Number(hertz) > 1000 ? `${Number(hertz) / 1000} kHz` : hertz);

const defined = (facts: { readonly [K in keyof Tech]: Tech[K] | undefined }): Tech =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

/** mediainfo may write `1 920 pixels`, `10 bits`. */
export function wholeNumber(text: string | undefined): number | undefined {
  const digits = /^\d+/.exec((text ?? '').replace(/(?<=\d)[ ,](?=\d)/g, '').trim())?.[0];
  return digits === undefined ? undefined : Number(digits);
}
