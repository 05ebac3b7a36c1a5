import type { Clip } from '../../media/time.ts';
import { clockOf as readClock } from '../../media/timecode.ts';
import { proxies } from '../operations/proxies.ts';
import type { Context } from '../types.ts';

/**
 * How the times of an asset are counted. Frame rate, drop frame and start timecode live on its proxy
 * (`GET /files/v1/assets/{id}/proxies/`); without one, only times from the first frame can be told.
 */
export async function clipOf(context: Context, asset_id: string, duration?: number): Promise<Clip> {
  const { objects } = await context.use(proxies.tools.get_asset_proxies, { asset_id, per_page: 100 });
  const proxy =
    objects.find(({ status, frame_rate }) => status === 'CLOSED' && frame_rate) ??
    objects.find(({ frame_rate }) => frame_rate);
  const clock = proxy && readClock(proxy);
  return { ...(clock && { clock }), ...(duration !== undefined && { duration }) };
}
