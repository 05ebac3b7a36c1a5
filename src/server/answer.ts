import type { Tool } from '../tools/types.ts';
import { refusalNote } from './explain.ts';

/** What became of a call beside what its tool answers. */
interface Course {
  /** Arguments of the host that are none of the tool. */
  readonly ignored: readonly string[];
  /** The notes of a plan that needed no agreement. */
  readonly unshown: readonly string[];
  /** How names were taken that are not exact. */
  readonly near: readonly string[];
  /** Writes that Iconik refused with 403, and those that may have changed something. */
  readonly refused: number;
  readonly written: number;
}

type Projected = Readonly<Record<string, unknown>>;

/** A projected answer with its status, and with our notes beside its own. */
export function answerOf(name: string, tool: Tool, projected: Projected, course: Course): Record<string, unknown> {
  const { ignored, unshown, near, refused, written } = course;
  const hasNotes = 'notes' in tool.output.shape;
  const aside = ignored.length > 0 && `Left aside, no arguments of ${name}: ${ignored.join(', ')}.`;
  const note = [projected.note, ...(hasNotes ? [] : near), aside].filter(Boolean).join(' ');
  const ours = [...near, ...unshown, ...(refused > 0 ? [refusalNote(tool)] : [])];
  return {
    ...(tool.preview && { status: statusOf(projected, written) }),
    ...projected,
    ...notesOf(tool, projected.notes, ours),
    ...(note && { note }),
  };
}

/** Where the wanted state was there already, that is done; where all that was asked could not be, nothing is. */
function statusOf(projected: Projected, written: number): 'done' | 'nothing_written' {
  const { failed, not_written, sent, started = sent, in_place, already_there, unchanged } = projected;
  const isNoneStarted = started === 0 && already_there === 0;
  const isAnyLeft = isNoneStarted || [failed, not_written].some((list) => Array.isArray(list) && list.length > 0);
  const isAnyThere = [in_place, already_there, unchanged].some((count) => Number(count ?? 0) > 0);
  return written === 0 && isAnyLeft && !isAnyThere ? 'nothing_written' : 'done';
}

/** The notes of an answer, followed by ours: those of a plan that was not shown, and who can do what was refused. */
function notesOf({ output }: Tool, notes: unknown, ours: readonly string[]): { readonly notes?: string[] } {
  if (ours.length === 0 || !('notes' in output.shape)) return {};
  const own = Array.isArray(notes) ? notes.map(String) : [];
  return { notes: [...new Set([...own, ...ours])] };
}
