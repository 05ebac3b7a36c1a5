import { formatDuration } from '../../../media/units.ts';
import { plural } from '../../../text/english.ts';
import { isUnconfirmed, type Person, personLabel, stateLabel } from '../../library/faces/persons.ts';
import { segmentsOf } from '../../library/segments/segments.ts';
import { olderOf, type Subject, subjectLabel, when } from '../../library/subject.ts';
import { assets } from '../../operations/assets.ts';
import { persons } from '../../operations/persons.ts';
import type { Context } from '../../types.ts';
import { type Span, shared, spansOf, totalOf } from './spans.ts';

/** Times on screen that a line lists; where one person is asked for, many more. */
const SPANS_IN_LINE = 5;
const SPANS_OF_ONE = 60;

export interface Seen {
  readonly person: Person;
  readonly status?: string | undefined;
  readonly spans: readonly Span[];
}

/** Who is in a version of an asset, longest on screen first. */
export async function seenIn(context: Context, subject: Subject): Promise<Seen[]> {
  const { id: asset_id, version } = subject;
  if (!version) return [];
  const older = olderOf(subject);
  const [{ objects }, segments] = await Promise.all([
    context.use(persons.tools.list_version_persons, { asset_id, version_id: version.id }),
    segmentsOf(context, asset_id, { segment_type: 'PERSON', ...(older && { version_id: older }) }),
  ]);
  const seen = objects.flatMap(({ id, name, status }): Seen[] =>
    id
      ? [
          {
            person: { id, isOpen: isUnconfirmed({ status }), ...(name && { name }) },
            status,
            spans: spansOf(segments.filter(({ person_id }) => person_id === id)),
          },
        ]
      : [],
  );
  return seen.sort((a, b) => totalOf(b.spans) - totalOf(a.spans));
}

/** `"Jordan Reyes" (id) · confirmed by a person · on screen 12:34 in 2 times: 00:00:26:00-00:05:00:00, …`. */
export function seenLine({ person, status, spans }: Seen, subject: Subject, isAlone: boolean): string {
  return `${personLabel(person)} · ${stateLabel(status)} · ${spansLine(spans, subject, isAlone)}`;
}

function spansLine(spans: readonly Span[], subject: Subject, isAlone: boolean): string {
  if (spans.length === 0) return 'no times';
  const most = isAlone ? SPANS_OF_ONE : SPANS_IN_LINE;
  const times = spans.slice(0, most).map(({ start, end }) => when(subject, start, end));
  const more = spans.length > most ? ` and ${spans.length - most} more` : '';
  return `on screen ${formatDuration(totalOf(spans))} in ${plural(spans.length, 'time')}: ${times.join(', ')}${more}`;
}

/** When all of several are on screen at once. */
export function togetherNote(seen: readonly Seen[], subject: Subject): string {
  const [first, ...others] = seen.map(({ spans }) => spans);
  const spans = others.reduce((sum, one) => shared(sum, one), first ?? []);
  return spans.length === 0
    ? 'They are never on screen at the same time.'
    : `On screen at the same time: ${spansLine(spans, subject, true)}.`;
}

/** What face recognition has done with an asset, and what that says about who is not listed. */
export async function analysisNote(context: Context, subject: Subject): Promise<string> {
  const { face_recognition_status: state, versions = [] } = await context.use(assets.tools.get_asset, {
    asset_id: subject.id,
  });
  const own = versions.find(({ id }) => id === subject.version?.id)?.face_recognition_status ?? state;
  const label = subjectLabel(subject);
  if (own === 'DONE') return `Face recognition has looked at ${label}.`;
  const outcome =
    own === 'FAILED' ? 'failed on' : own === 'REQUESTED' || own === 'IN_PROGRESS' ? 'is still at work on' : undefined;
  return outcome
    ? `Face recognition ${outcome} ${label}: there may be more people in it.`
    : `${label} is not analysed for faces: who is in it is not known.${context.offers('name_people') ? ' name_people starts an analysis.' : ''}`;
}
