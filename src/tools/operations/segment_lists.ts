import { statusOf } from '../errors.ts';
import { each } from '../run/each.ts';
import type { Context, OutputOf } from '../types.ts';
import { forgetWrite, ownWrites, segmentsOn } from './own_writes.ts';
import { segments } from './segments.ts';

type Segment = OutputOf<typeof segments.tools.list_segments.output.shape>['objects'][number];

interface Filter {
  readonly segment_type?: string | undefined;
  readonly version_id?: string | undefined;
  readonly transcription_id?: string | undefined;
  readonly include_all_versions?: boolean;
}

/** Own segments that a list lacks and that are read by id; more are taken as Iconik answered them. */
const MAX_READ = 25;

/**
 * What a list of segments shows, with what this server wrote in the last minutes: the search index answers lists, and is
 * late. A segment that the list lacks is read by id, so that one which somebody deleted meanwhile does not come back.
 */
export async function withOwnWrites(
  context: Context,
  asset_id: string,
  listed: readonly Segment[],
  filter: Filter,
): Promise<Segment[]> {
  const own = ownWrites(context, segmentsOn(asset_id)) as ReadonlyMap<string, Segment>;
  const now = listed.map((one) => laterOf(one, own.get(one.id ?? '')));
  const known = new Set(listed.map(({ id }) => id));
  const isWanted = wantedBy(filter, listed);
  const lacking = [...own].filter(([id, one]) => !known.has(id) && isWanted(one));
  const added = await each(lacking.slice(0, MAX_READ), { ...context, progress: () => undefined }, async ([id, one]) => {
    const read = context.use(segments.tools.get_segment, { asset_id, segment_id: id });
    return read.catch((error: unknown) => {
      if (context.signal.aborted) throw error;
      if (statusOf(error) !== 404) return one;
      forgetWrite(context, segmentsOn(asset_id), id);
      return undefined;
    });
  });
  const rest = [...added.rest, ...lacking.slice(MAX_READ)].map(([, one]) => one);
  const all = [...now, ...added.done.flatMap(({ result }) => result ?? []), ...rest];
  return all.filter(({ id, status }) => id && status !== 'DELETED');
}

/** The listed segment, or what was written to it since. */
function laterOf(listed: Segment, own: Segment | undefined): Segment {
  if (!own) return listed;
  const isShown = Date.parse(listed.date_modified ?? '') >= Date.parse(own.date_modified ?? '');
  return isShown ? listed : { ...listed, ...own };
}

/** Whether a list with that filter has a segment. Without a version it has those of the latest, as the others it lists. */
export function wantedBy(filter: Filter, listed: readonly Segment[]): (one: Segment) => boolean {
  const { segment_type, version_id, transcription_id, include_all_versions } = filter;
  const versions = new Set(version_id ? [version_id] : listed.flatMap((one) => one.version_id ?? []));
  return (one) =>
    (segment_type === undefined || one.segment_type === segment_type) &&
    (transcription_id === undefined || one.transcription_id === transcription_id) &&
    (include_all_versions === true || versions.size === 0 || !one.version_id || versions.has(one.version_id));
}
