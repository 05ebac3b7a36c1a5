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

type Facts = Readonly<Record<string, unknown>>;

const text = (facts: Facts | undefined, name: string): string | undefined =>
  facts?.[name] === undefined || facts[name] === null ? undefined : String(facts[name]);

const number = (facts: Facts | undefined, name: string): number | undefined => {
  const value = Number(facts?.[name]);
  return facts?.[name] !== undefined && Number.isFinite(value) ? Math.round(value) : undefined;
};

/** The technical facts of a format, from its components. */
export function techOf(format: Format | undefined): Tech {
  const facts = (type: string): Facts | undefined =>
    format?.components?.find((one) => one.type === type)?.metadata as Facts | undefined;
  const [general, video, audio, image] = ['GENERAL', 'VIDEO', 'AUDIO', 'IMAGE'].map(facts);
  const picture = video ?? image;
  const [width, height] = [text(picture, 'width'), text(picture, 'height')];
  const sound = [text(audio, 'format'), channels(text(audio, 'channels')), kiloHertz(text(audio, 'sampling_rate'))];
  return defined({
    duration: number(general, 'duration') ?? number(video, 'duration') ?? number(format?.metadata?.[0], 'duration'),
    size: number(general, 'file_size'),
    codec: [text(picture ?? audio, 'format'), text(picture, 'format_profile')].filter(Boolean).join(' ') || undefined,
    resolution: width && height ? `${width}x${height}` : undefined,
    rate: text(video, 'frame_rate') ?? text(general, 'frame_rate'),
    timecode: text(general, 'time_code_of_first_frame') ?? text(video, 'time_code_of_first_frame'),
    audio: sound.filter(Boolean).join(' ') || undefined,
  });
}

const channels = (count: string | undefined): string | undefined => count && `${count} ch`;
const kiloHertz = (hertz: string | undefined): string | undefined =>
  hertz && (Number(hertz) > 1000 ? `${Number(hertz) / 1000} kHz` : hertz);

const defined = (facts: { readonly [K in keyof Tech]: Tech[K] | undefined }): Tech =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
