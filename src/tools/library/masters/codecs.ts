import { type Facts, factText } from '../media/tech.ts';

/** Letters and digits alone: `ProRes 422 HQ` and `prores_422_hq` are the same. */
export const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** What people call the formats that mediainfo has other names for. */
const FORMATS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    avc: ['H.264', 'x264', 'MPEG-4 AVC'],
    hevc: ['H.265', 'x265'],
    mpegvideo: ['MPEG-2', 'MPEG-2 Video'],
    vc3: ['DNxHD', 'DNxHR', 'DNx'],
    jpeg2000: ['J2K', 'JPEG2K'],
    jpeg: ['JPG', 'MJPEG', 'Motion JPEG'],
    tiff: ['TIF'],
    pcm: ['LPCM', 'Linear PCM'],
  }),
);

/** What people write, by the name that mediainfo gives with its profile. */
const SPOKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'ProRes 422 HQ': ['ProRes HQ', '422 HQ', 'PR422HQ', 'ProRes HQ 422'],
    'ProRes 422 LT': ['ProRes LT', '422 LT', 'ProRes Light'],
    'ProRes 422 Proxy': ['ProRes Proxy', '422 Proxy'],
    'ProRes 422': ['ProRes 422 SQ', 'ProRes SQ', 'ProRes Standard', 'ProRes 422 Standard', 'PR422'],
    'ProRes 4444': ['ProRes 444', 'PR4444'],
    'ProRes 4444 XQ': ['ProRes XQ', 'ProRes 444 XQ'],
    'XDCAM HD422': ['XDCAM 422', 'XDCAM HD 50', 'XDCAM HD422 50', 'XDCAM 50', 'XD422'],
    'AVC-Intra 100': ['AVCI 100', 'AVC Intra Class 100'],
    'AVC-Intra 50': ['AVCI 50', 'AVC Intra Class 50'],
  }).flatMap(([name, words]) => words.map((word) => [bare(word), bare(name)])),
);

/** Names of makers that people put in front: `Apple ProRes`. */
const MAKER = /^(apple|avid|sony|panasonic)(?=.)/;

/** A name as names of codecs are compared. */
function folded(name: string): string {
  const own = bare(name)
    .replace(MAKER, '')
    .replace(/codec$/, '');
  return SPOKEN.get(own) ?? own;
}

/** Whether a codec that people name is one of these names, which mediainfo gives. */
export const isCodec = (wanted: readonly string[], names: readonly string[]): boolean => {
  const allowed = new Set(wanted.map(folded));
  return names.some((name) => allowed.has(folded(name)));
};

/** `ProRes 422 HQ`, then every other name: without the profile, without the level, commercial, by its code. */
export function codecNames(track: Facts): string[] {
  const [format, profile, code, commercial] = ['format', 'format_profile', 'codec_id', 'format_commercial_if_any'].map(
    (name) => factText(track, name),
  );
  const [withoutLevel] = profile?.split('@') ?? [];
  const names = [format, ...(FORMATS.get(bare(format ?? '')) ?? [])].filter((one) => one !== undefined);
  return [
    [format, profile].filter(Boolean).join(' '),
    ...names.flatMap((name) => [name, `${name} ${profile ?? ''}`, `${name} ${withoutLevel ?? ''}`]),
    code,
    commercial,
  ].filter((one): one is string => Boolean(one));
}
