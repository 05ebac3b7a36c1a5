import { readFileSync } from 'node:fs';
import type { Row, Store } from '../types.ts';
import { isRow } from '../values.ts';
import { type Clip, clipIn, movieOf, type Timing } from './mp4.ts';
import type { Bytes } from './objects.ts';

const made = new WeakMap<Row, Bytes>();
let clip: Clip | undefined;

/** A film for a proxy, as long as its asset and at its frame rate: it repeats a clip of a few seconds. */
export function videoOf(proxy: Row, store: Store): Bytes {
  const known = made.get(proxy);
  if (known) return known;
  clip ??= clipIn(new Uint8Array(readFileSync(new URL('./clip.mp4', import.meta.url))));
  const video = movieOf(clip, timingOf(clip, proxy, store));
  made.set(proxy, video);
  return video;
}

/** 29.97 stands for 30,000 / 1,001. */
function timingOf(from: Clip, { frame_rate: rate, asset_id: asset, version_id: version }: Row, store: Store): Timing {
  const nominal = Number(rate) || 25;
  const [timescale, delta] = Number.isInteger(nominal) ? [nominal, 1] : [Math.round(nominal) * 1000, 1001];
  const original = store.formats
    .where('asset_id', asset)
    .find(({ name, version_id: own }) => name === 'ORIGINAL' && own === version);
  const [about] = Array.isArray(original?.metadata) ? original.metadata : [];
  const seconds = isRow(about) ? Number(about.duration) / 1000 : 0;
  return { frames: Math.round((seconds * timescale) / delta) || from.sizes.length, timescale, delta };
}
