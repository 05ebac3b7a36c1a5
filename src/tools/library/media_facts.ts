import { clockOf, formatFrameRate, formatTimecode } from '../../media/timecode.ts';
import { formatBytes, formatDuration } from '../../media/units.ts';
import type { formats } from '../operations/formats.ts';
import type { proxies } from '../operations/proxies.ts';
import type { OutputOf } from '../types.ts';

export type Format = OutputOf<typeof formats.tools.list_version_formats.output.shape>['objects'][number];
export type Proxy = OutputOf<typeof proxies.tools.list_version_proxies.output.shape>['objects'][number];

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

/** `starts at 01:00:00;00, 29.97 fps drop frame`; undefined where no proxy knows, or what it says can't be read. */
export function clockLine(proxy: Proxy | undefined): string | undefined {
  try {
    const clock = proxy && clockOf(proxy);
    return (
      clock &&
      `starts at ${formatTimecode(0, clock)}, ${formatFrameRate(clock.rate)}${clock.rate.drop ? '' : ', no drop frame'}`
    );
  } catch {
    return `can't be read: start "${proxy?.start_time_code ?? ''}", frame rate "${proxy?.frame_rate ?? ''}"`;
  }
}

/** `1280x720 h264 mp4 · 780 MB`, with its state where it is not complete. */
export function proxyLine({ resolution, codec, format, frame_rate, size, status }: Proxy): string {
  const pixels = resolution?.width && resolution.height ? `${resolution.width}x${resolution.height}` : undefined;
  const what = [pixels, codec, format, frame_rate && `${frame_rate} fps`].filter(Boolean).join(' ');
  return [what || 'proxy', size !== undefined && formatBytes(size), status !== 'CLOSED' && (status ?? 'no state')]
    .filter(Boolean)
    .join(' · ');
}

/** `26:00 (1560000 ms)`. */
export const lengthLine = (milliseconds: number): string => `${formatDuration(milliseconds)} (${milliseconds} ms)`;
