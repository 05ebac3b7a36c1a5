import type { Row } from '../../types.ts';
import { STORAGES } from '../data/storages.ts';
import type { Profile } from './media.ts';
import type { Archive, AssetSpec } from './types.ts';

interface Resolution {
  readonly width: number;
  readonly height: number;
}

/** Adds the proxy and keyframes of a version; `of` are the columns that name asset, version and dates. */
export function addPreview(
  archive: Archive,
  profile: Profile,
  { duration = 0, keyframesEvery: every }: AssetSpec,
  proxyId: string | undefined,
  stem: string,
  of: Row,
): void {
  const resolution = resolutionOf(profile);
  archive.world.proxies.push({
    id: proxyId ?? archive.random.id(),
    ...of,
    ...proxyRow(profile, duration, stem),
    ...(resolution && { resolution, rotation: 0 }),
  });
  if (!resolution) return;
  const add = (type: string, second: number): void => {
    const row = keyframeRow(profile, type, second, resolution, stem);
    archive.world.keyframes.push({ id: archive.random.id(), ...of, ...row });
  };
  const seconds = Math.floor(duration / 1000);
  add('KEYFRAME', Math.min(2, seconds));
  if (!profile.rate || !every) return;
  add('KEYFRAME_MAP', 0);
  add('POSTER', Math.floor(seconds / 3));
  for (let second = every; second < seconds; second += every) add('KEYFRAME', second);
}

/** 720 lines (portrait: 1280), 16:9 for everything wider than 1.6. */
function resolutionOf({ picture }: Profile): Resolution | undefined {
  if (!picture) return undefined;
  const ratio = picture.width / picture.height;
  const portrait = ratio < 1;
  const shape = portrait ? 9 / 16 : ratio > 1.6 ? 16 / 9 : ratio;
  const height = portrait ? 1280 : 720;
  return { width: 2 * Math.round((height * shape) / 2), height };
}

function proxyRow({ picture, rate, sound }: Profile, duration: number, stem: string): Row {
  const [format, codec] = rate ? ['mp4', 'h264'] : picture ? ['jpg', 'jpeg'] : ['mp3', 'mp3'];
  return {
    name: `${stem}_proxy`,
    filename: `${stem}.${format}`,
    format,
    codec,
    status: 'CLOSED',
    storage_id: STORAGES.proxies.id,
    storage_method: STORAGES.proxies.method,
    size: duration > 0 ? Math.round(duration * (rate ? 500 : 24)) : 640_000,
    is_public: false,
    ...(rate && {
      bit_rate: 4_000_000,
      frame_rate: rate.name,
      is_drop_frame: rate.isDropFrame,
      start_time_code: rate.start,
    }),
    ...(sound && { audio_bitrate: 192_000 }),
  };
}

function keyframeRow({ rate }: Profile, type: string, second: number, resolution: Resolution, stem: string): Row {
  return {
    type,
    name: `${stem}_${type.toLowerCase()}_${second}`,
    filename: `${stem}_${second}.jpg`,
    format: 'jpg',
    status: 'CLOSED',
    storage_id: STORAGES.keyframes.id,
    storage_method: STORAGES.keyframes.method,
    size: 61_440,
    is_public: false,
    is_custom_keyframe: type === 'POSTER',
    resolution: type === 'KEYFRAME_MAP' ? { width: 1920, height: 1080 } : resolution,
    rotation: 0,
    ...(rate && {
      time_code: {
        frames_number: Math.floor((second * rate.denominator) / rate.numerator),
        is_drop_frame: rate.isDropFrame,
        time_base: { numerator: rate.numerator, denominator: rate.denominator },
      },
    }),
  };
}
