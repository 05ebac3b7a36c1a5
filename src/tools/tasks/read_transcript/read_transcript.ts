import * as z from 'zod';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { cursorOf } from '../../handles.ts';
import { coverageOf } from '../../library/media/coverage.ts';
import { otherVersions, transcriptOf } from '../../library/media/transcript.ts';
import { PLACES } from '../../library/segments/places.ts';
import { oneAsset, oneVersion } from '../../library/selection.ts';
import { showInPlayer, subjectOf, versionLabel } from '../../library/subject.ts';
import { integer, strings, text } from '../../params.ts';
import { placeLines, type Reading, readingOf, textLines, wordTimes } from './reading.ts';

/** Tokens of one page. */
const MAX_TEXT_TOKENS = 7_700;
const MAX_PLACES_TOKENS = 1_100;

const CURSOR = cursorOf<Reading>('read_transcript');

export const read_transcript = task({
  title: 'Read a transcript',
  description:
    'Read the transcript of an asset: paragraphs by speaker with timecodes, for quotes, by time range (a line a sentence) or page by page. With find: the numbered places where words are said, and their handle for annotate_asset or make_subclips. To find assets by what is said use find_assets.',
  effect: 'read',
  page: 'player',
  roles: ['can_read_segments', 'can_read_transcriptions'],
  input: {
    asset: oneAsset.optional(),
    find: z.string().min(1).optional().describe('Word or phrase; OR between several.'),
    forms: z.boolean().optional().describe('Also other forms of English words (goals).'),
    from: z.string().optional().describe('12:04 (mm:ss) or timecode 10:12:04:00.'),
    to: z.string().optional().describe('The end.'),
    speaker: z.string().min(1).optional().describe('Only this one.'),
    language: z.string().optional().describe('e.g. pt, or a transcript id. Default: the first.'),
    version: oneVersion,
    cursor: z.string().optional().describe('next of the last answer.'),
  },
  output: {
    asset: text,
    version: text,
    language: text,
    coverage: text,
    other_languages: strings,
    other_versions: strings,
    total: integer,
    shown: integer,
    paragraphs: strings,
    found: strings,
    places: text,
    next: text,
    notes: strings,
  },
  validate: ({ asset, cursor, ...rest }) => {
    if (asset === undefined && cursor === undefined) return 'asset is missing: give an id, web address or exact title.';
    const [given] = Object.entries(rest).find(([, value]) => value !== undefined) ?? [];
    if (cursor !== undefined && given) return `cursor: leave out ${given}. The cursor continues the earlier call.`;
    return rest.forms && rest.find === undefined ? 'forms: needs find, the word or phrase to look for.' : undefined;
  },
  run: async ({ cursor, asset = '', ...asked }, context) => {
    const kept = cursor === undefined ? undefined : context.handles.get(CURSOR, cursor);
    const given: Reading = kept ?? { ...asked, asset, offset: 0 };
    const subject = await subjectOf(context, given.asset, given.version);
    showInPlayer(context, subject);
    const transcript = await transcriptOf(context, subject, given.language);
    const { reading, notes: times } = readingOf(given, subject, transcript);
    const {
      lines,
      places,
      notes: more = [],
    } = reading.find === undefined ? textLines(reading, subject, transcript) : placeLines(reading, subject, transcript);
    // Of no words no times are of interest.
    const notes = [...times, ...more, ...transcript.notes, ...(lines.length > 0 ? wordTimes(transcript) : [])];
    const shown = countFittingLines(lines, reading.offset, places ? MAX_PLACES_TOKENS : MAX_TEXT_TOKENS);
    const page = lines.slice(reading.offset, reading.offset + shown);
    const end = reading.offset + shown;
    const others = otherVersions(subject);
    const handle =
      reading.places ?? (places && places.places.length > 0 ? context.handles.keep(PLACES, places) : undefined);
    const next = { ...reading, offset: end, ...(handle && { places: handle }) };
    return {
      asset: subject.title,
      version: versionLabel(subject),
      language: transcript.language,
      coverage: coverageOf(subject, transcript),
      ...(transcript.others.length > 0 && { other_languages: [...transcript.others] }),
      ...(others.length > 0 && { other_versions: others }),
      total: lines.length,
      shown: page.length,
      [places ? 'found' : 'paragraphs']: page,
      ...(handle && { places: handle }),
      ...(end < lines.length && { next: context.handles.keep(CURSOR, next) }),
      ...(notes.length > 0 && !kept && { notes }),
    };
  },
});
