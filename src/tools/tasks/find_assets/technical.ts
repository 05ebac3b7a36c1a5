import { formatBytes } from '../../../media/units.ts';
import { identityKey } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import type { Master } from '../../library/masters/masters.ts';
import { pictureOf, scanOf } from '../../library/masters/pictures.ts';
import { bytes, inRange, readRange } from '../../library/masters/ranges.ts';
import { MEDIA_RULES, type RuleArgs, ruleFor } from '../../library/masters/rules.ts';
import { tracksOf } from '../../library/media/tech.ts';
import { fieldBefore } from '../../library/metadata/fields.ts';
import { presence, STORAGE } from '../../library/metadata/properties.ts';
import { textOf } from '../../library/metadata/values.ts';
import { byIds, type Term } from '../../library/search.ts';
import { fileLists } from '../../operations/file_lists.ts';
import { allOf, pagesByLastId } from '../../run/pages.ts';
import type { Context } from '../../types.ts';
import { bytesOf } from './holdings.ts';
import type { Part } from './states.ts';

const nameOf = ([file]: Master['files']): string | undefined => file?.name ?? file?.original_name;

/** What the media info of the original says, by what people call it. */
const FACTS = {
  codec: ({ tech }) => tech.codec,
  resolution: ({ tech }) => tech.resolution,
  // mediainfo may write `23.976 (24000/1001) FPS`.
  frame_rate: ({ tech }) => tech.rate?.trim().split(' ')[0],
  scan: ({ format }) => tracksOf(format, 'VIDEO').flatMap((track) => scanOf(track)?.found.toLowerCase() ?? [])[0],
  audio: ({ tech }) => tech.audio,
  start_timecode: ({ tech }) => tech.timecode,
  container: ({ files }) => /\.(\w{1,9})$/.exec(nameOf(files) ?? '')?.[1]?.toLowerCase(),
  file_name: ({ files }) => nameOf(files),
  checksum: ({ files }) => files.find(({ checksum }) => checksum)?.checksum,
} as const satisfies Readonly<Record<string, (master: Master) => string | undefined>>;

export type Fact = keyof typeof FACTS;
export const FACT_NAMES = Object.keys(FACTS);
export const isFact = (key: string): key is Fact => Object.hasOwn(FACTS, key);

/** A fact of an original; undefined where the media info does not have it. */
export const factOf = (fact: Fact, master: Master | undefined): string | undefined => master && FACTS[fact](master);

/** What people call them, too. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['fps', 'frame_rate'],
  ['framerate', 'frame_rate'],
  ['scan_type', 'scan'],
  ['raster', 'resolution'],
  ['picture_size', 'resolution'],
  ['file_size', 'size'],
  ['duration', 'length'],
]);

/** `Frame rate` → `frame_rate`, `fps` → `frame_rate`. */
export const technicalKey = (label: string): string => {
  const key = identityKey(label).replaceAll(' ', '_');
  return ALIASES.get(key) ?? key;
};

/** A condition that the search index cannot answer. */
export interface Test {
  readonly label: string;
  readonly wanted: string;
  /** Whether the formats of an asset are needed for it. */
  readonly needsFormats: boolean;
  /** What it is about, to say what there is instead. */
  readonly facts?: readonly Fact[];
  /** Undefined where nothing is known. */
  readonly check: (master: Master) => boolean | undefined;
}

const SIZE = 'size';
const CHECKSUM = 'checksum';
const LENGTH = 'length';

/** Takes the technical conditions out of the others; a label of metadata comes before a technical field of that name. */
export async function takeTechnical(context: Context, where: Readonly<Record<string, unknown>>) {
  const entries = await Promise.all(
    Object.entries(where).map(async ([label, wanted]) => {
      const key = isPicture(label, wanted) ? 'resolution' : technicalKey(label);
      const rule = MEDIA_RULES.find((one) => one === key);
      const isTechnical = (rule || [SIZE, CHECKSUM, LENGTH].includes(key)) && !(await fieldBefore(context, label));
      if (!isTechnical) return { left: [[label, wanted]] };
      if (key === LENGTH)
        throw new ToolError(`${label}: give it as the argument length, in place of where: "10:00.." or "..1:00".`);
      if (key === CHECKSUM) return { part: partOf(label, await withChecksum(context, label, wanted)) };
      const known = key === SIZE ? presenceOf(wanted) : undefined;
      return known
        ? {
            part: partOf(label, presence(STORAGE, known)),
            note: `${label} ${known} → assets with${known === 'empty' ? 'out' : ''} files`,
          }
        : { test: testFor(label, rule, wanted) };
    }),
  );
  return {
    tests: entries.flatMap(({ test }) => test ?? []),
    parts: entries.flatMap(({ part }) => part ?? []),
    notes: entries.flatMap(({ note }) => note ?? []),
    where: Object.fromEntries(entries.flatMap(({ left = [] }) => left)),
  };
}

const partOf = (label: string, term: Term): Part => ({ label, terms: [term], clauses: [] });

/** Whether `1080p25` is given, which says more than the resolution, as the format or the frame rate. */
const isPicture = (label: string, given: unknown): boolean =>
  ['format', 'video_format', 'frame_rate', 'scan'].includes(technicalKey(label)) &&
  isPictures([given].flat().join('|').replace(/^not /i, ''));
const isPictures = (wanted: string): boolean => wanted.split('|').every((one) => pictureOf(one) !== undefined);

/** `empty` or `not empty`, which the index knows of files. */
const presenceOf = (given: unknown): string | undefined =>
  /^\s*(not\s+)?empty\s*$/i
    .exec(String([given].flat().join()))?.[0]
    .trim()
    .toLowerCase()
    .replace(/\s+/, ' ');

/** The assets that have a file with one of these checksums (`GET /files/v1/files/checksum/{checksum}/`). */
async function withChecksum(context: Context, label: string, given: unknown): Promise<Term> {
  const sums = [given].flat().map((one) => textOf(label, one).trim());
  const { checksum: allowed } = fileLists.tools.list_files_by_checksum.input.shape;
  const wrong = sums.find((one) => !allowed.safeParse(one).success);
  if (wrong !== undefined)
    throw new ToolError(`${label}: ${inQuotes(wrong)} is not a checksum, such as an MD5 in hex: see show checksum.`);
  const lists = await Promise.all(
    sums.map((checksum) =>
      allOf(pagesByLastId((paging) => context.use(fileLists.tools.list_files_by_checksum, { checksum, ...paging }))),
    ),
  );
  const ids = [
    ...new Set(lists.flat().flatMap(({ asset_id, status }) => (asset_id && status !== 'DELETED' ? [asset_id] : []))),
  ];
  return byIds(ids);
}

const NOT = 'not ';

function testFor(label: string, rule: keyof RuleArgs | undefined, given: unknown): Test {
  const texts = [given].flat().map((one) => textOf(label, one).trim());
  const [first = ''] = texts;
  if (texts.length === 0 || texts.some((one) => /^(not )?empty$/i.test(one)))
    throw new ToolError(
      `${label}: give a value. Where it is not known, count_by ${label} says how often. Assets with media at all: size "not empty".`,
    );
  const isNot = texts.length === 1 && first.toLowerCase().startsWith(NOT);
  const wanted = isNot ? first.slice(NOT.length).trim() : texts.join(' | ');
  const check = rule ? ruleCheck(rule, wanted) : sizeCheck(label, wanted);
  return {
    label,
    wanted: isNot ? `${NOT}${wanted}` : wanted,
    needsFormats: rule !== undefined,
    ...(rule && isFact(rule) && { facts: isPictures(wanted) ? ['resolution', 'scan', 'frame_rate'] : [rule] }),
    check: (master) => {
      const passes = check(master);
      return isNot && passes !== undefined ? !passes : passes;
    },
  };
}

function ruleCheck(rule: keyof RuleArgs, wanted: string): Test['check'] {
  const { check } = ruleFor(rule, wanted);
  return (master) => (master.format ? check(master)?.passes : undefined);
}

function sizeCheck(label: string, wanted: string): Test['check'] {
  const sign = wanted.charAt(0);
  const amount = wanted.replace(/^[<>]=?/, '').trim();
  const text = sign === '>' ? `${amount}..` : sign === '<' ? `..${amount}` : amount;
  if (!text.includes('..'))
    throw new ToolError(`${label}: "${wanted}" is not a range. Write e.g. 100 GB.., ..1 TB or 1 GB..5 GB.`);
  const range = readRange(label, text, bytes);
  return ({ doc }) => {
    const size = bytesOf(doc);
    return size > 0 ? inRange(range, size) : undefined;
  };
}

/** How an asset is placed by a fact: the larger first, names in their order, what is not known last. */
export function rankOf(key: Fact | typeof SIZE, master: Master): number | string | undefined {
  if (key === SIZE) return bytesOf(master.doc) || undefined;
  const fact = factOf(key, master);
  if (fact === undefined || key === 'codec') return fact;
  const [one = 0, other = 1] = fact.split('x').map(Number);
  return key === 'resolution' ? one * other : Number.parseFloat(fact);
}

/** What sizes are of: archive_assets and check_masters count the original alone. */
export const SIZE_NOTE = 'Sizes are those of all files in the search index, every version and copy, without proxies.';

/** `5.3 GB (5300000000 bytes)`. */
export const totalSize = (total: number): string => `${formatBytes(total)} (${total} bytes)`;
