import { formatDuration } from '../../../media/units.ts';
import { type Doc, page } from '../../library/search.ts';
import type { Context } from '../../types.ts';
import { firstOf, quoteAround } from './hit.ts';

/** Segments searched for one page of hits. */
const MAX_SEGMENTS = 200;

/** By asset id, where the words occur in transcript, comments and markers: `at 2:02 and 15 more: "… climate …"`. */
export async function placesInHits(
  context: Context,
  docs: readonly Doc[],
  words: string,
): Promise<Map<string, string>> {
  const ids = docs.flatMap(({ id }) => (id ? [id] : []));
  if (ids.length === 0) return new Map();
  const { docs: segments } = await page(
    context,
    {
      doc_types: ['segments'],
      terms: [{ name: 'asset_id', value_in: ids }],
      query: `segment_text:(${words}) OR transcription_text:(${words})`,
    },
    {
      per_page: MAX_SEGMENTS,
      include_fields: ['id', 'asset_id', 'segment_type', 'segment_text', 'time_start_milliseconds'],
    },
  );
  const places = new Map<string, string>();
  for (const id of ids) {
    const own = segments
      .filter(({ asset_id }) => asset_id === id)
      .sort((a, b) => Number(a.time_start_milliseconds ?? 0) - Number(b.time_start_milliseconds ?? 0));
    const [first] = own;
    if (!first) continue;
    const more = own.length > 1 ? ` and ${own.length - 1} more` : '';
    places.set(
      id,
      `at ${formatDuration(Number(first.time_start_milliseconds ?? 0))}${more}: "${quoteAround(markedText(first))}"`,
    );
  }
  return places;
}

/** The text with Iconik's highlight tags, if there are any. */
function markedText({ _highlight, segment_text = '' }: Doc): string {
  const marked = (_highlight as { readonly segment_text?: unknown } | undefined)?.segment_text;
  return marked === undefined ? segment_text : firstOf(marked);
}
