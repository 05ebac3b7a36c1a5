import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { clipOf } from '../../library/clock.ts';
import { SELECTION } from '../../library/kept_selections.ts';
import { findAsset, type Named } from '../../library/objects.ts';
import { keepShown } from '../../library/segments/numbers.ts';
import {
  isTickable,
  type NoteKind,
  type NumberedNote,
  notesOf,
  numbered,
  numberedLine,
  ofVersion,
} from '../../library/segments/threads.ts';
import { documentsOf } from '../../library/selection.ts';
import { type Subject, showInPlayer, subjectAt, versionLabel } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { countedOf, type NotesPage, wantedOf, wroteNone } from './wanted.ts';

const MAX_PAGE_TOKENS = 2_500;
const MAX_PAGE_LINES = 250;
/** Assets that are read at once. */
const CHUNK = 50;

const isAll = (version: string | undefined): boolean => /^(all|every|any|all versions)$/i.test(version?.trim() ?? '');
const isSelection = (asset: string): boolean => asset.trim().startsWith(`${SELECTION.prefix}_`);

/** Whether several versions or several assets are asked for. */
export const isOfMany = ({ asset, version }: NotesPage): boolean => isAll(version) || isSelection(asset);

/** The notes of one version of one asset. */
interface Section {
  readonly subject: Subject;
  readonly notes: readonly NumberedNote[];
  readonly wanted: readonly NumberedNote[];
}

/** Notes version by version and asset by asset, under a line that says which; the numbers are those of the version. */
export async function readMany(context: Context, request: NotesPage, keep: (next: NotesPage) => string) {
  const { kinds = ['COMMENT'], by, assets: before = 0 } = request;
  if (isSelection(request.asset) && request.version !== undefined && !isAll(request.version))
    throw new ToolError('version: of a selection give all, or leave it out for the current versions.');
  const { all, meant } = await assetsOf(context, request);
  const single = !isSelection(request.asset);
  let [from, skip] = [before, request.lines ?? 0];
  let sections: readonly Section[] = [];
  let lines: readonly Line[] = [];
  for (; from < all.length; from += CHUNK, skip = 0) {
    sections = await sectionsOf(context, all.slice(from, from + CHUNK), request);
    lines = sections.flatMap((one) => linesOf(one, single)).slice(skip);
    if (lines.length > 0 || context.timeLeft() < MIN_TIME) break;
  }
  const notes = sections.flatMap((one) => one.notes);
  if (by !== undefined && lines.length === 0 && notes.length > 0 && all.length <= CHUNK) wroteNone(by, notes);
  if (sections[0]) showInPlayer(context, sections[0].subject);
  const shown = countFittingLines(
    lines.slice(0, MAX_PAGE_LINES).map(({ text }) => text),
    0,
    MAX_PAGE_TOKENS,
  );
  const page = lines.slice(0, shown);
  for (const { subject, notes: own } of new Set(page.map(({ of }) => of))) keepShown(context, subject, own, kinds);
  const last = shown === lines.length ? { assets: from + CHUNK, lines: 0 } : { assets: from, lines: skip + shown };
  const { total, open, done } = countedOf(sections.flatMap(({ wanted }) => wanted));
  return {
    asset: single ? (all[0]?.title ?? '') : plural(all.length, 'asset'),
    version: isAll(request.version) ? 'all' : 'current',
    total,
    ...(kinds.some(isTickable) && { open, done }),
    items: itemsOf(page),
    notes: [
      ...(before === 0 ? meant : []),
      ...(all.length > CHUNK ? [`Read here: assets ${from + 1} to ${Math.min(from + CHUNK, all.length)}.`] : []),
      ...(total > 0 ? ['Numbers are those of their version: annotate_asset takes them with it, e.g. version v2.'] : []),
    ],
    ...(last.assets < all.length && { next: keep({ ...request, ...last }) }),
  };
}

/** Milliseconds in which another chunk can be read. */
const MIN_TIME = 5_000;

/** The assets, and what is to be said of them: what a selection stands for now, and what of it is not read. */
async function assetsOf(
  context: Context,
  { asset }: NotesPage,
): Promise<{ readonly all: readonly Named[]; readonly meant: readonly string[] }> {
  if (!isSelection(asset)) return { all: [await findAsset(context, asset)], meant: [] };
  const { docs, total, notes } = await documentsOf(context, { selection: asset.trim(), ordered: true }, []);
  return {
    all: docs.map(({ id, title = '' }) => ({ id: String(id), title })),
    meant: [...notes, ...(total > docs.length ? [`Of ${total} assets the first ${docs.length} are read.`] : [])],
  };
}

async function sectionsOf(context: Context, assets: readonly Named[], request: NotesPage): Promise<Section[]> {
  const quiet = { ...context, progress: () => undefined };
  const { done, failed } = await each(assets, quiet, (one) => sectionsIn(context, one, request), { untimed: true });
  if (failed[0]) throw failed[0].error;
  return done.flatMap(({ result }) => result);
}

async function sectionsIn(context: Context, asset: Named, request: NotesPage): Promise<Section[]> {
  const kinds: readonly NoteKind[] = [...new Set(request.kinds ?? (['COMMENT'] as const))];
  const all = await notesOf(context, asset.id, kinds);
  if (all.length === 0) return [];
  const current = await subjectAt(context, asset);
  const versions = isAll(request.version)
    ? current.versions
    : current.versions.filter((one) => one === current.current);
  const { done, failed } = await each(
    versions,
    { ...context, progress: () => undefined },
    async (version): Promise<Section> => {
      const notes = await numbered(context, ofVersion(all, version.id));
      // What names no version is shown once.
      const unversioned = new Set(all.filter(({ version_id }) => version_id === undefined).map(({ id }) => id));
      const isOwn = ({ id }: NumberedNote): boolean => version === current.current || !unversioned.has(id);
      const wanted = wantedOf(notes, request).filter(isOwn);
      if (version === current.version || wanted.length === 0)
        return { subject: { ...current, version }, notes, wanted };
      const clip = await clipOf(context, asset.id, { version_id: version.id });
      return { subject: { ...current, version, clip }, notes, wanted };
    },
    { untimed: true },
  );
  if (failed[0]) throw failed[0].error;
  return done.map(({ result }) => result).filter(({ notes }) => notes.length > 0);
}

/** A line of an answer, and the head of the section that it is in. */
interface Line {
  readonly of: Section;
  readonly head: string;
  readonly text: string;
}

/** A page that begins within a section says which. */
const itemsOf = (page: readonly Line[]): string[] => {
  const [first] = page;
  const texts = page.map(({ text }) => text);
  return first && first.text !== first.head ? [`${first.head}, continued`, ...texts] : texts;
};

/** `v2, not current: 3`, then its notes; nothing where none are wanted. */
function linesOf(section: Section, single: boolean): Line[] {
  const { subject, wanted } = section;
  if (wanted.length === 0) return [];
  const { total, open } = countedOf(wanted);
  const title = single ? '' : `${inQuotes(subject.title)} (${subject.id}) `;
  const state = wanted.some(({ kind }) => isTickable(kind)) ? `, ${open} open` : '';
  const head = `${title}${versionLabel(subject)}: ${total}${state}`;
  return [head, ...wanted.map((one) => numberedLine(one, subject))].map((text) => ({ of: section, head, text }));
}
