import type { Row } from '../../types.ts';
import type { Random } from './random.ts';

interface Picture {
  readonly format: string;
  readonly profile?: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
}
interface Rate {
  /** As proxies write it. */
  readonly name: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly isDropFrame: boolean;
  readonly start: string;
}
interface Sound {
  readonly format: string;
  readonly channels: number;
  readonly bitDepth: number;
}
/** A kind of source file. */
export interface Profile {
  readonly extension: string;
  readonly container: string;
  readonly mime: string;
  readonly bytesPerSecond: number;
  readonly picture?: Picture;
  readonly rate?: Rate;
  readonly sound?: Sound;
}

const rate = (name: string, denominator: number, start: string, numerator = 1, isDropFrame = false): Rate => ({
  name,
  numerator,
  denominator,
  isDropFrame,
  start,
});
const pal = rate('25', 25, '10:00:00:00');
const ntsc = rate('29.97', 30_000, '01:00:00;00', 1001, true);
const film = rate('23.976', 24_000, '00:00:00:00', 1001);
const pcm = (channels: number, bitDepth = 24): Sound => ({ format: 'PCM', channels, bitDepth });
const proRes: Picture = {
  format: 'ProRes',
  profile: '422 HQ',
  codec: 'apch',
  width: 1920,
  height: 1080,
  bitDepth: 10,
};
const quickTime = { extension: 'mov', container: 'MPEG-4', mime: 'video/quicktime' };
const mp4 = { extension: 'mp4', container: 'MPEG-4', mime: 'video/mp4' };
const avc = (width: number, height: number): Picture => ({
  format: 'AVC',
  profile: 'High@L4.2',
  codec: 'avc1',
  width,
  height,
  bitDepth: 8,
});

export const PROFILES = {
  interview: { ...quickTime, bytesPerSecond: 23_000_000, picture: proRes, rate: pal, sound: pcm(2) },
  broadcast: {
    extension: 'mxf',
    container: 'MXF',
    mime: 'application/mxf',
    bytesPerSecond: 7_300_000,
    picture: {
      format: 'MPEG Video',
      profile: '4:2:2@High',
      codec: 'mpeg2-422-long-gop',
      width: 1920,
      height: 1080,
      bitDepth: 8,
    },
    rate: ntsc,
    sound: pcm(8),
  },
  master: { ...quickTime, bytesPerSecond: 22_100_000, picture: proRes, rate: film, sound: pcm(2) },
  masterPal: {
    ...quickTime,
    bytesPerSecond: 23_000_000,
    picture: proRes,
    rate: { ...pal, start: '00:00:00:00' },
    sound: pcm(2),
  },
  masterHour: {
    ...quickTime,
    bytesPerSecond: 22_100_000,
    picture: proRes,
    rate: { ...film, start: '01:00:00:00' },
    sound: pcm(2),
  },
  masterLight: {
    ...quickTime,
    bytesPerSecond: 14_600_000,
    picture: { ...proRes, profile: '422', codec: 'apcn' },
    rate: film,
    sound: pcm(2, 16),
  },
  drone: {
    ...mp4,
    bytesPerSecond: 12_500_000,
    picture: { format: 'HEVC', profile: 'Main 10@L5.1', codec: 'hvc1', width: 3840, height: 2160, bitDepth: 10 },
    rate: rate('25', 25, '14:21:07:11'),
  },
  phone: {
    ...mp4,
    bytesPerSecond: 1_400_000,
    picture: avc(1080, 1920),
    rate: rate('29.97', 30_000, '00:00:00:00', 1001),
    sound: { format: 'AAC', channels: 2, bitDepth: 16 },
  },
  promo: {
    ...mp4,
    bytesPerSecond: 2_600_000,
    picture: avc(1920, 1080),
    rate: rate('25', 25, '01:00:00:00'),
    sound: { format: 'AAC', channels: 2, bitDepth: 16 },
  },
  film: {
    ...quickTime,
    bytesPerSecond: 18_400_000,
    picture: { ...proRes, width: 1440 },
    rate: rate('24', 24, '00:00:00:00'),
    sound: pcm(1, 16),
  },
  wave: {
    extension: 'wav',
    container: 'Wave',
    mime: 'audio/vnd.wave',
    bytesPerSecond: 288_000,
    sound: pcm(2),
  },
  still: {
    extension: 'jpg',
    container: 'JPEG',
    mime: 'image/jpeg',
    bytesPerSecond: 0,
    picture: { format: 'JPEG', codec: 'jpeg', width: 6000, height: 4000, bitDepth: 8 },
  },
  scan: {
    extension: 'tif',
    container: 'TIFF',
    mime: 'image/tiff',
    bytesPerSecond: 0,
    picture: { format: 'TIFF', codec: 'tiff', width: 7200, height: 5400, bitDepth: 16 },
  },
  document: { extension: 'pdf', container: 'PDF', mime: 'application/pdf', bytesPerSecond: 0 },
} as const satisfies Record<string, Profile>;
export type ProfileName = keyof typeof PROFILES;

/** Size of a source file of this kind in bytes, with some scatter: the same for the same checksum. */
export function sizeOf(profile: Profile, duration: number, random: Random, checksum?: string): number {
  if (profile.bytesPerSecond > 0) {
    const drawn = random.int(1, 65_536);
    const scatter = checksum === undefined ? drawn : 1 + Number.parseInt(checksum.slice(0, 4), 16);
    return Math.round((duration / 1000) * profile.bytesPerSecond) + scatter;
  }
  return profile.picture ? random.int(6_000_000, 96_000_000) : random.int(120_000, 4_000_000);
}

const framesPerSecond = ({ numerator, denominator }: Rate): string => (denominator / numerator).toFixed(3);

/** What a media probe reports about a file: one component each for the container, picture and sound; all values are text. */
export function componentsOf(profile: Profile, duration: number, name: string, size: number, random: Random): Row[] {
  const { picture, rate, sound } = profile;
  const length = duration > 0 ? { duration: String(duration) } : {};
  const component = (type: string, label: string, metadata: Record<string, string>): Row => ({
    id: random.id(),
    name: label,
    type,
    metadata: { ...metadata, ...length },
  });
  const general = {
    format: profile.container,
    file_name: name,
    file_size: String(size),
    internet_media_type: profile.mime,
    ...(rate && { frame_rate: framesPerSecond(rate), time_code_of_first_frame: rate.start }),
  };
  const components = [component('GENERAL', 'General', general)];
  if (picture && rate) components.push(component('VIDEO', 'Video 1', { ...about(picture), ...scanOf(rate) }));
  else if (picture) components.push(component('IMAGE', 'Image', about(picture)));
  if (sound) components.push(component('AUDIO', 'Audio 1', aboutSound(sound)));
  return components;
}

const about = (picture: Picture): Record<string, string> => ({
  format: picture.format,
  ...(picture.profile && { format_profile: picture.profile }),
  codec_id: picture.codec,
  width: String(picture.width),
  height: String(picture.height),
  bit_depth: String(picture.bitDepth),
});

const scanOf = (rate: Rate): Record<string, string> => ({
  frame_rate: framesPerSecond(rate),
  scan_type: rate.isDropFrame ? 'Interlaced' : 'Progressive',
});

const aboutSound = (sound: Sound): Record<string, string> => ({
  format: sound.format,
  channel_s: String(sound.channels),
  sampling_rate: '48000',
  bit_depth: String(sound.bitDepth),
});
