import * as z from 'zod';
import { searchKey } from '../../text/compare.ts';
import { plural } from '../../text/english.ts';
import { inQuotes, oneLine } from '../../text/quote.ts';
import { task } from '../define.ts';
import { reasonOf, ToolError } from '../errors.ts';
import { otherVersions, type Transcript, transcriptOf } from '../library/media/transcript.ts';
import { labelOf } from '../library/plans/titles.ts';
import { undoCall } from '../library/plans/undo_call.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { type Subject, subjectOf, versionLabel } from '../library/subject.ts';
import { transcriptions } from '../operations/transcriptions.ts';
import { integer, strings, textByName } from '../params.ts';
import { each } from '../run/each.ts';
import { outOfTime } from '../run/notes.ts';
import type { Context } from '../types.ts';

/** Characters of what a speaker says first, and of a name. */
const MAX_WORDS = 60;
const MAX_NAME = 100;

/** New names in one transcript, by number of the speaker. */
interface Item {
  readonly asset_id: string;
  readonly version_id: string;
  readonly transcription_id: string;
  readonly language: string;
  readonly names: Readonly<Record<string, string>>;
  readonly old: Readonly<Record<string, string>>;
}

export const name_speakers = task({
  title: 'Name speakers',
  description:
    'Rename the speakers of a transcript, e.g. Speaker 1 to a name. Several names, or all languages, return a plan first. To see who speaks use read_transcript.',
  effect: 'update',
  roles: ['can_read_segments', 'can_read_transcriptions', 'can_write_transcriptions', 'can_read_assets'],
  input: {
    asset: oneAsset,
    names: textByName.describe('Name by speaker: {"name": "Speaker 1", "value": "Ana Brito"}.'),
    language: z.string().optional().describe('Default: the first.'),
    all_languages: z.boolean().optional().describe('Also in other languages.'),
    version: oneVersion,
  },
  output: { renamed: integer, lines: strings, failed: strings, remaining: integer, notes: strings },
  validate: ({ names }) => {
    const entries = Object.entries(names);
    if (entries.length === 0) return 'names: name at least one speaker.';
    const wrong = entries.find(([, name]) => name.trim() === '' || name.length > MAX_NAME);
    return wrong && `names: the new name of ${inQuotes(wrong[0])} must have 1 to ${MAX_NAME} characters.`;
  },
  preview: async ({ asset, names, language, all_languages = false, version }, context) => {
    const subject = await subjectOf(context, asset, version);
    const own = await transcriptOf(context, subject, language);
    const wanted = numbersOf(own, names);
    const others = await othersOf(context, subject, own, all_languages);
    const all = [own, ...others].flatMap((one) => changeIn(subject, one, wanted));
    const count = all.reduce((sum, { item }) => sum + Object.keys(item.names).length, 0);
    return {
      preview: {
        summary:
          count === 0
            ? `Nothing to do: ${plural(Object.keys(wanted).length, 'speaker')} already named so.`
            : `Renames ${plural(count, 'speaker')} in ${plural(all.length, 'transcript')} of ${labelOf(subject)}. They can be renamed again.`,
        affected: all.flatMap(({ lines }) => lines),
        notes: notesOf(subject, own, wanted, all_languages),
      },
      plan: all.map(({ item }) => item),
      touches: [subject.id],
      skipConfirm: count <= 1,
    };
  },
  run: async ({ asset, version }, context, items: readonly Item[]) => {
    const { done, failed, rest } = await each(items, context, (item) => rename(context, item));
    const renamed = done.flatMap(({ item, result }) => result.map((number) => ({ item, number })));
    return {
      renamed: done.reduce((sum, { result }) => sum + result.length, 0),
      lines: renamed.map(
        ({ item: { language, old, names }, number }) =>
          `${language}: ${inQuotes(old[number] ?? number)} → ${inQuotes(names[number] ?? '')}`,
      ),
      ...(failed.length > 0 && { failed: failed.map(({ item, error }) => `${item.language}: ${reasonOf(error)}`) }),
      ...(rest.length > 0 && { remaining: rest.length }),
      notes: [
        items.length === 0
          ? 'Nothing to rename.'
          : `Iconik answered with the new names in ${done.length} of ${plural(items.length, 'transcript')}.`,
        ...(items.length === 1 ? done.flatMap(({ item }) => undoOf(item, asset, version)) : []),
        ...(rest.length > 0 ? [outOfTime(rest.length)] : []),
      ],
    };
  },
});

/** The call that gives speakers their old names back. */
function undoOf({ names, old, transcription_id }: Item, asset: string, version: string | undefined): string[] {
  const back = Object.entries(names).map(([number, name]) => ({ name, value: old[number] ?? number }));
  return undoCall('name_speakers', { asset, names: back, language: transcription_id, ...(version && { version }) });
}

/** The new names by number. Throws `ToolError` with the speakers there are. */
function numbersOf(transcript: Transcript, names: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.entries(transcript.speakers);
  const pairs = Object.entries(names).map(([given, name]): [string, string] => {
    const found = known.filter(([, label]) => searchKey(label) === searchKey(given));
    const [only] = found;
    if (only && found.length === 1) return [only[0], oneLine(name, MAX_NAME)];
    const list = known.map(([number]) => speakerLine(transcript, number)).join('; ');
    throw new ToolError(
      `names: ${inQuotes(given)} is ${found.length > 1 ? `the name of ${found.length} speakers` : 'no speaker'} of the transcript in ${transcript.language}. Its speakers: ${list || 'none are told apart'}.`,
    );
  });
  const twice = pairs.find(([number], index) => pairs.findIndex(([other]) => other === number) !== index);
  if (twice) throw new ToolError(`names: ${inQuotes(transcript.speakers[twice[0]] ?? '')} is named twice.`);
  return Object.fromEntries(pairs);
}

/** The newest transcript in each other language of the version. */
async function othersOf(
  context: Context,
  subject: Subject,
  { others }: Transcript,
  wanted: boolean,
): Promise<readonly Transcript[]> {
  return wanted ? Promise.all(others.map((language) => transcriptOf(context, subject, language))) : [];
}

/** What changes in one transcript: only numbers that it has, and only names that are new. */
function changeIn(subject: Subject, transcript: Transcript, wanted: Readonly<Record<string, string>>) {
  const { id: transcription_id, language, speakers } = transcript;
  const names = Object.entries(wanted).filter(
    ([number, name]) => speakers[number] !== undefined && speakers[number] !== name,
  );
  if (names.length === 0) return [];
  if (!transcription_id || !subject.version)
    throw new ToolError(`The transcript in ${language} has no record in Iconik that could hold names.`);
  const item: Item = {
    asset_id: subject.id,
    version_id: subject.version.id,
    transcription_id,
    language,
    names: Object.fromEntries(names),
    old: Object.fromEntries(names.map(([number]) => [number, speakers[number] ?? number])),
  };
  return [
    {
      item,
      lines: names.map(([number, name]) => `${language}: ${speakerLine(transcript, number)} → ${inQuotes(name)}`),
    },
  ];
}

/** `"Speaker 1" (12 lines, first "We crossed the bar …")`. */
function speakerLine({ speakers, segments }: Transcript, number: string): string {
  const own = segments.filter(({ transcription }) => String(transcription?.speaker) === number);
  const firstWords = own.map(({ segment_text }) => segment_text?.trim()).find(Boolean);
  return `${inQuotes(speakers[number] ?? number)} (${plural(own.length, 'line')}${firstWords ? `, first ${inQuotes(oneLine(firstWords, MAX_WORDS))}` : ''})`;
}

function notesOf(subject: Subject, own: Transcript, wanted: Readonly<Record<string, string>>, all: boolean): string[] {
  const others = Object.entries(own.speakers).filter(([number]) => !(number in wanted));
  const names = Object.values(wanted);
  const shared = [...others.map(([, label]) => label), ...names.filter((name, index) => names.indexOf(name) !== index)];
  const twins = [...new Set(names.filter((name) => shared.includes(name)))];
  const versions = otherVersions(subject);
  return [
    `${versionLabel(subject)}, ${own.language}`,
    ...(twins.length > 0 ? [`Several speakers will be called ${twins.map(inQuotes).join(', ')}.`] : []),
    ...(own.others.length === 0
      ? []
      : all
        ? [
            'Other languages: the speaker with the same number, who need not be the same person where it was transcribed anew.',
          ]
        : [
            `Transcripts in ${own.others.join(', ')} keep their names: all_languages: true renames the same numbers there.`,
          ]),
    ...(versions.length > 0 ? [`Other versions keep theirs: ${versions.join(', ')}.`] : []),
    ...own.notes,
  ];
}

/**
 * Writes names beside those that are there now, and answers the numbers of those that Iconik then has. Throws `ToolError` where it
 * answers with others.
 */
async function rename(context: Context, { names, language: _, old: __, ...item }: Item): Promise<string[]> {
  const { asset_id, version_id, transcription_id } = item;
  const { objects } = await context.use(transcriptions.tools.list_transcriptions, { asset_id, version_id });
  const now = objects.find(({ id }) => id === transcription_id);
  if (!now) throw new ToolError('The transcript is gone since the plan was made.');
  const speaker_labels = { ...now.speaker_labels, ...names };
  const answer = await context.use(transcriptions.tools.partial_update_transcription, { ...item, speaker_labels });
  const wrong = Object.entries(names).filter(([number, name]) => answer.speaker_labels?.[number] !== name);
  if (wrong.length > 0)
    throw new ToolError(`Iconik took it but does not show ${wrong.map(([, name]) => inQuotes(name)).join(', ')}.`);
  return Object.keys(names);
}
