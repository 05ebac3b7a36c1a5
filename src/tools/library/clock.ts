import type { Clip } from '../../media/time.ts';
import { type Clock, clockOf, formatFrameRate, formatTimecode } from '../../media/timecode.ts';
import { proxies } from '../operations/proxies.ts';
import type { Context } from '../types.ts';

interface ProxyTimes {
  readonly status?: string | undefined;
  readonly frame_rate?: string | undefined;
  readonly start_time_code?: string | undefined;
  readonly is_drop_frame?: boolean | undefined;
}

/**
 * The proxy that tells how the times of a version are counted: the first that is complete, or else the first with a
 * frame rate. Iconik keeps frame rate, drop frame and start timecode on proxies alone.
 */
export const timingProxy = <P extends ProxyTimes>(list: readonly P[]): P | undefined =>
  list.find(({ status, frame_rate }) => status === 'CLOSED' && frame_rate) ?? list.find(({ frame_rate }) => frame_rate);

/** The clock of a version with these proxies; undefined where none has a frame rate. Throws `MediaError`. */
export function clockFrom(list: readonly ProxyTimes[]): Clock | undefined {
  const proxy = timingProxy(list);
  return proxy && clockOf(proxy);
}

/** How times are counted in the current version of an asset, or in the given one. Throws `MediaError`. */
export async function clipOf(
  context: Context,
  asset_id: string,
  { version_id, duration }: { readonly version_id?: string | undefined; readonly duration?: number | undefined } = {},
): Promise<Clip> {
  const { get_asset_proxies, list_version_proxies } = proxies.tools;
  const { objects } = version_id
    ? await context.use(list_version_proxies, { asset_id, version_id, per_page: 100 })
    : await context.use(get_asset_proxies, { asset_id, per_page: 100 });
  const clock = clockFrom(objects);
  return { ...(clock && { clock }), ...(duration !== undefined && { duration }) };
}

/** `starts at 01:00:00;00, 29.97 fps drop frame`; undefined where no proxy knows, or what it says can't be read. */
export function clockLine(proxy: ProxyTimes | undefined): string | undefined {
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
