import { proxies } from '../../operations/proxies.ts';
import type { PlayerMedia } from '../../page_data.ts';
import type { Context } from '../../types.ts';

/** Types that browsers play or show, by the end of a file's name. */
const TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  wav: 'audio/wav',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

interface Named {
  readonly format?: string | undefined;
  readonly filename?: string | undefined;
  readonly name?: string | undefined;
}

/** The media type of a proxy, `video/mp4`; undefined for one that browsers do not show. */
export function mediaTypeOf({ format, filename, name }: Named): string | undefined {
  const ends = [format, ...[filename, name].map((text) => text?.split('.').at(-1))];
  return ends.map((end) => TYPES[end?.toLowerCase() ?? '']).find((type) => type !== undefined);
}

/** A proxy of a version that browsers show, with a signed address; undefined where there is none. */
export async function playable(
  context: Context,
  asset_id: string,
  version_id: string | undefined,
): Promise<PlayerMedia | undefined> {
  const { get_asset_proxies, list_version_proxies } = proxies.tools;
  const paging = { per_page: 100, generate_signed_url: true };
  const { objects } = version_id
    ? await context.use(list_version_proxies, { asset_id, version_id, ...paging })
    : await context.use(get_asset_proxies, { asset_id, ...paging });
  const found = objects.flatMap((proxy) => mediaOf(proxy) ?? []);
  // A moving picture before its sound or a still of it.
  return (['video', 'audio', 'image'] as const).flatMap((kind) => found.filter(({ type }) => type === kind))[0];
}

interface Proxy extends Named {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly status?: string | undefined;
  readonly resolution?: { readonly width?: number | undefined; readonly height?: number | undefined } | undefined;
}

function mediaOf(proxy: Proxy): PlayerMedia | undefined {
  const { id, url, status, resolution } = proxy;
  const [type] = mediaTypeOf(proxy)?.split('/') ?? [];
  if (!id || !url || (status !== undefined && status !== 'CLOSED')) return undefined;
  if (type !== 'video' && type !== 'audio' && type !== 'image') return undefined;
  const { width, height } = resolution ?? {};
  return { proxy: id, type, url, ...(width && { width }), ...(height && { height }) };
}
