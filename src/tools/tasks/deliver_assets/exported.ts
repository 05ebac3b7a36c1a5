import { firstOf } from '../../../text/english.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { reasonOf } from '../../errors.ts';
import { history } from '../../operations/history.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Ready } from './ready.ts';

/** Assets whose history is read, and those that a note names. */
const MAX_READ = 50;
const MAX_NAMED = 5;
/** Characters of the words of an entry. */
const MAX_WORDS = 80;

/**
 * What Iconik's history knows of earlier exports, the latest of each asset. The location is in its words at most, so
 * nothing is skipped for it.
 */
export async function exportNotes(context: Context, ready: readonly Ready[]): Promise<string[]> {
  const asked = { filter: 'operation_type,eq,EXPORT', sort: 'date_created,desc', page: 1, per_page: 1 };
  const quiet = { ...context, progress: () => undefined };
  const { done, failed, rest } = await each(ready.slice(0, MAX_READ), quiet, ({ id }) =>
    context.use(history.tools.list_asset_history, { asset_id: id, ...asked }),
  );
  const known = done.flatMap(({ item: { title }, result: { objects } }) =>
    objects.slice(0, 1).map(({ date_created = '', operation_description: words }) => {
      const label = words ? `, ${inQuotes(oneLine(words, MAX_WORDS))}` : '';
      return `${inQuotes(title)} (${date_created.slice(0, 10)}${label})`;
    }),
  );
  const unread = failed.length + rest.length + Math.max(0, ready.length - MAX_READ);
  const reason = failed[0] ? `: ${reasonOf(failed[0].error)}` : '';
  return [
    ...(known.length > 0 ? [`Exported before, by Iconik's history: ${firstOf(known, MAX_NAMED)}.`] : []),
    ...(unread > 0 ? [`Earlier exports of ${unread} were not looked at${reason}.`] : []),
  ];
}
