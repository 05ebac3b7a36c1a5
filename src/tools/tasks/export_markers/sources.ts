import { type Cut, rateKey } from '../../../media/cut_list.ts';
import type { FrameRate } from '../../../media/rate.ts';
import { type Clock, formatFrameRate } from '../../../media/timecode.ts';
import { clean } from '../../../text/clean.ts';
import { inQuotes } from '../../../text/quote.ts';
import { truncate } from '../../../text/tokens.ts';
import { reasonOf } from '../../errors.ts';
import { copiesOf } from '../../library/files.ts';
import { all, byIds } from '../../library/search.ts';
import { type Subject, subjectOf, when } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import type { Piece } from './piece.ts';

/** A range in a list, and the asset that it is of. */
export interface Placed {
  readonly piece: Piece;
  readonly subject: Subject;
  readonly cut: Cut;
  /** Why its original cannot be worked with now. */
  readonly away?: string | undefined;
}

export interface Listed {
  readonly placed: readonly Placed[];
  /** That of the list; absent where nothing can be listed. */
  readonly rate?: FrameRate;
  /** Ranges that are not in the list, with the reason. */
  readonly leftOut: readonly string[];
  /** Ranges of other frame rates, which take a list each, by the rate. */
  readonly others: ReadonlyMap<string, readonly Piece[]>;
}

/** Characters of a name: a comment of a list is no longer. */
const MAX_NAME = 200;

const keyOf = ({ asset_id, version_id = '' }: Piece): string => `${asset_id} ${version_id}`;

/** The ranges of one frame rate, that of the most; with the timecodes and the files of their assets. */
export async function listed(context: Context, report: Report, pieces: readonly Piece[]): Promise<Listed> {
  const sources = new Map(pieces.map((one) => [keyOf(one), one]));
  const quiet = { ...context, progress: () => undefined };
  const { done, failed } = await each([...sources.values()], quiet, (one) => sourceOf(context, report, one), {
    untimed: true,
  });
  const audio = await audioAmong(context, report, [...new Set(pieces.map(({ asset_id }) => asset_id))]);
  const known = new Map(done.map(({ item, result }) => [keyOf(item), result]));
  const wrong = new Map(failed.map(({ item, error }) => [keyOf(item), reasonOf(error)]));
  const leftOut: string[] = [];
  const ready = pieces.flatMap((piece): (Placed & { clock: Clock })[] => {
    const source = known.get(keyOf(piece));
    const { clip } = source?.subject ?? {};
    const end = piece.end === undefined ? clip?.duration : Math.min(piece.end, clip?.duration ?? piece.end);
    const reason =
      wrong.get(keyOf(piece)) ??
      (clip?.clock === undefined ? 'its frame rate is not known: it has no proxy' : undefined) ??
      (end === undefined ? 'its length is not known' : undefined);
    if (reason !== undefined) leftOut.push(`${labelOf(piece, source?.subject)}: ${reason}`);
    if (!source || !clip?.clock || end === undefined || reason !== undefined) return [];
    const { subject, file, away } = source;
    const of = {
      source: keyOf(piece),
      clipName: clean(truncate(file ?? subject.title, MAX_NAME)),
      isAudio: audio.has(subject.id),
    };
    const cut = {
      start: piece.start,
      end,
      clock: clip.clock,
      name: clean(truncate(piece.name ?? '', MAX_NAME)),
      ...of,
    };
    return [{ piece, subject, cut, away, clock: clip.clock }];
  });
  const byRate = [...groupBy(ready, ({ clock }) => rateKey(clock.rate))].sort(([, a], [, b]) => b.length - a.length);
  const [first, ...rest] = byRate;
  const rate = first?.[1][0]?.clock.rate;
  return {
    placed: first?.[1] ?? [],
    ...(rate && { rate }),
    leftOut,
    others: new Map(
      rest.map(([, list]) => [list[0] ? formatFrameRate(list[0].clock.rate) : '', list.map(({ piece }) => piece)]),
    ),
  };
}

interface Source {
  readonly subject: Subject;
  readonly file?: string | undefined;
  readonly away?: string | undefined;
}

async function sourceOf(context: Context, report: Report, { asset_id, version_id }: Piece): Promise<Source> {
  const subject = await subjectOf(context, asset_id, version_id);
  if (!subject.version) return { subject };
  const { copies } = await copiesOf(context, report, { asset_id, version_id: subject.version.id });
  const [first] = copies;
  if (first?.format !== 'ORIGINAL') return { subject };
  return { subject, file: first.file, away: first.state.startsWith('online') ? undefined : first.state };
}

async function audioAmong(context: Context, report: Report, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const criteria = { doc_types: ['assets' as const], terms: [byIds(ids)] };
  const docs = await report.part('Kinds of media', all(context, criteria, ['media_type']));
  return new Set(docs?.flatMap(({ id, media_type }) => (media_type === 'audio' && id ? [String(id)] : [])));
}

export const labelOf = ({ name, start, end, asset_id }: Piece, subject?: Subject): string => {
  const what = name ? `${inQuotes(name)} of ` : '';
  const times = subject && end !== undefined ? ` ${when(subject, start, end)}` : '';
  const where = subject ? `${inQuotes(subject.title)}${times}` : asset_id;
  return `${what}${where}`;
};
