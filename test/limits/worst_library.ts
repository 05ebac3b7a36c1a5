import { appendFileSync } from 'node:fs';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import type { Row } from '../../src/sandbox/types.ts';
import {
  type Answer,
  allToolsets,
  answerOf,
  ids,
  largeIds,
  type World,
  type WorldOptions,
  world,
} from '../support/world.ts';

/** What fills answers fastest: long words, scripts without spaces, emoji, ids, and a cut that may fall into a pair. */
export const WORST = [
  'The harbour master and the engineer, forty winters later, unabridged. '.repeat(6),
  '港の夕暮れ、嵐の翌朝。漁師町の記録映像、鬱蒼たる岬と灯台の物語。中文标题：台风过后的码头采访。'.repeat(9),
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🇵🇹👍🏽🎬⛵️🌊'.repeat(16),
  'a55e7001-5b1c-11ef-9c3a-0a580a3db916_7F3K9QXZ_'.repeat(9),
  'QmFzZTY0IGlzIG5vdCBhIHRpdGxlLCBidXQgcGVvcGxlIHBhc3RlIGl0Xqzkvbjwxxhfgqpzmvtkl'.repeat(5),
  '인터뷰 항구의 일몰 Интервью في الميناء สัมภาษณ์ที่ท่าเรือ साक्षात्कार የወደብ ቃለ '.repeat(5),
] as const;

/** About so many characters of the worst; the same for the same number. */
export const worst = (number: number, length: number): string => {
  const text = WORST[number % WORST.length] ?? '';
  return text
    .repeat(Math.ceil(length / text.length))
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '');
};

export const ASSET = largeIds.longInterview;
export const [DRAFT, CURRENT] = largeIds.longInterviewVersions;
export const VIEW = '01e7ffff-5b1c-11ef-9c3a-0a580a3db916';
export const FIELDS = 220;

/** A library of some two thousand assets, filled with the worst. */
export function worstWorld(options: WorldOptions = {}): Promise<World> {
  return world({ assets: 2_000, deadline: 60_000, fill: fillWithWorst, toolsets: allToolsets, ...options });
}

function fillWithWorst({ store, settle, reindex }: Sandbox): void {
  const times = (count: number, make: (n: number) => void): void => {
    for (let n = 0; n < count; n += 1) make(n);
  };
  const copies = (table: 'files' | 'file_sets' | 'formats' | 'proxies', count: number, changes: (n: number) => Row) => {
    const [model] = store[table].where('asset_id', ASSET).filter((row) => row.version_id === CURRENT);
    times(count, (n) => void store[table].insert({ ...structuredClone(model), ...changes(n), id: store.newId() }));
  };
  // Fields first: values stand in them.
  const names = Array.from({ length: FIELDS }, (_, n) => `worst_field_${n}`);
  const [field = {}] = store.fields.list((row) => row.field_type === 'string');
  const wide = names.map((name, n) => ({
    ...field,
    name,
    multi: true,
    label: worst(n, 60),
    description: worst(n + 1, 500),
    field_type: n % 2 === 0 ? 'string' : 'drop_down',
    options: n % 2 === 0 ? [] : Array.from({ length: 300 }, (_, o) => ({ value: `v${o}`, label: worst(o, 90) + o })),
  }));
  for (const row of wide) store.fields.insert(row);
  store.views.insert({ ...store.views.get(ids.rightsView), id: VIEW, name: 'Worst', view_fields: wide });
  const values = (n: number): Row => ({
    ...Object.fromEntries(
      names.slice(0, n < 4 ? FIELDS : 3).map((name, f) => [
        name,
        {
          field_values: Array.from({ length: 8 }, (_, v) => ({
            value: f % 2 === 0 ? worst(n + f + v, 300) : `v${v}`,
          })),
        },
      ]),
    ),
    keywords: { field_values: Array.from({ length: 30 }, (_, v) => ({ value: `${worst(v, 60)}${n}` })) },
  });
  for (const [n, asset] of store.assets.list().entries()) {
    const id = String(asset.id);
    // One title in three is the same as others.
    if (id !== ASSET) store.assets.update(id, { title: n % 3 === 0 ? worst(1, 400) : `${worst(n, 380)} ${n}` });
    const own = store.values.get(`assets/${id}`);
    if (own && n < 200)
      store.values.update(`assets/${id}`, { metadata_values: { ...Object(own.metadata_values), ...values(n) } });
  }
  const [draft = {}, current = {}] = (store.assets.get(ASSET)?.versions ?? []) as Row[];
  const versions = Array.from({ length: 150 }, (_, n) => ({
    ...draft,
    id: store.newId(),
    version_number: n + 2,
    transcribed_languages: [],
  }));
  store.assets.update(ASSET, {
    versions: [draft, ...versions, { ...current, version_number: 500 }],
    warning: worst(2, 3_000),
    category: worst(1, 500),
  });
  const [own] = store.values.where('object_id', ASSET);
  if (own) store.values.update(String(own.id), { metadata_values: { ...Object(own.metadata_values), ...values(0) } });
  const [line] = store.segments.where('asset_id', ASSET);
  const tops: string[] = [];
  times(1_300, (n) => {
    const id = store.newId();
    const type = n < 650 ? 'COMMENT' : 'MARKER';
    const parent = type === 'COMMENT' && n % 3 === 2 ? tops.at(-1) : undefined;
    if (!parent) tops.push(id);
    const time_start_milliseconds = 2_500 * n;
    const row = { ...line, id, segment_type: type, version_id: CURRENT, time_start_milliseconds, transcription: null };
    const more = { transcription_id: null, top_level: !parent, ...(parent && { parent_id: parent }), user_id: ids.me };
    store.segments.insert({
      ...row,
      time_end_milliseconds: null,
      segment_checked: n % 4 === 0,
      ...more,
      segment_text: worst(n, n % 40 === 0 ? 10_000 : 200),
    });
  });
  copies('files', 200, (n) => ({
    name: `${worst(n, 300)}.mxf`,
    original_name: worst(n + 1, 300),
    directory_path: worst(n + 2, 500),
  }));
  copies('file_sets', 120, (n) => ({
    name: worst(n, 300),
    base_dir: worst(n + 1, 500),
    component_ids: versions.slice(0, 30).map(({ id }) => id),
  }));
  copies('formats', 120, (n) => ({
    name: worst(n, 200),
    metadata: Array.from({ length: 4 }, (_, m) => ({ note: worst(m, 200) })),
  }));
  copies('proxies', 120, (n) => ({ name: worst(n, 300), filename: `${worst(n, 300)}.mp4`, codec: worst(n, 80) }));
  times(120, (n) => {
    const home = store.collections.insert({
      ...store.collections.get(ids.highlights),
      id: store.newId(),
      title: worst(n, 300),
    });
    store.contents.insert({ id: store.newId(), collection_id: home.id, object_id: ASSET, object_type: 'assets' });
    store.storages.insert({
      ...store.storages.get(ids.s3Storage),
      id: store.newId(),
      name: worst(n, 200),
      description: worst(n + 1, 1_000),
      status: 'FAILING',
      status_message: worst(n + 2, 1_000),
      default: false,
    });
  });
  // An update would date them, which transcriptions are not.
  for (const row of store.transcriptions.where('asset_id', ASSET)) {
    store.transcriptions.remove(String(row.id));
    store.transcriptions.insert({
      ...row,
      speaker_labels: { 0: worst(0, 90), 1: worst(1, 90), 2: worst(2, 90) },
    });
  }
  const find = store.appearances.get(`${ids.reyes}/${ids.interviewVersions[2]}`);
  const face = store.segments.list((row) => row.segment_type === 'PERSON').at(-1);
  times(300, (n) => {
    const person = { ...store.persons.get(ids.reyes), id: store.newId(), name: `${worst(n, 110)} ${n}` };
    store.persons.insert(person);
    const own = { asset_id: ids.interview, version_id: ids.interviewVersions[2], person_id: person.id };
    store.appearances.insert({ ...find, ...own, id: `${person.id}/${own.version_id}`, status: 'UNCONFIRMED' });
    for (let at = 0; at < 8; at += 1) {
      const span = { time_start_milliseconds: at * 9_000, time_end_milliseconds: at * 9_000 + n };
      store.segments.insert({ ...face, ...own, ...span, id: store.newId() });
    }
  });
  store.proposals.update(ids.proposalJob, { metadata_values: { ...values(1), ...values(2) } });
  const job = store.jobs.get(ids.failedJob) as Row;
  times(900, (n) => {
    const state = ['FAILED', 'WAITING', 'STARTED', 'FINISHED'][n % 4] as string;
    const steps = [
      {
        id: store.newId(),
        label: worst(n, 200),
        status: state,
        error_message: worst(n % 41, 900) + String.fromCharCode(97 + (n % 26)),
      },
    ];
    const date = new Date(Date.now() - n * 60_000).toISOString();
    const what = { status: state, title: worst(n, 500), custom_type: worst(n % 23, 90), steps, object_id: ASSET };
    store.jobs.insert({ ...structuredClone(job), ...what, id: store.newId(), date_created: date, date_modified: date });
  });
  settle();
  reindex();
}

/** The most of one answer, in either of its channels. */
export interface Spent {
  readonly tokens: number;
  readonly characters: number;
}

/** Holds one answer against the bounds: at most 10,000 tokens and 40,000 characters in each channel, no half sign. */
export async function bounded(
  made: World,
  tool: string,
  args: Record<string, unknown>,
): Promise<{ answer: Answer; text: string; spent: Spent }> {
  const result = await made.raw(tool, args);
  const text = result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
  const channels = [text, JSON.stringify(result.structuredContent ?? '')];
  const notes = `${tool} ${JSON.stringify(args).slice(0, 200)}`;
  const tokens = Math.max(...channels.map((channel) => encode(channel).length));
  const characters = Math.max(...channels.map(({ length }) => length));
  for (const channel of channels) {
    expect(channel.isWellFormed(), `${notes}: a half sign`).toBe(true);
    expect(channel, `${notes}: a broken sign`).not.toContain('\ufffd');
  }
  // Some hosts show the one form, some the other: no fact stands in only one of them.
  const missing = [...new Set(facts(result.structuredContent ?? {}))].filter((fact) => !text.includes(fact));
  expect(missing, `${notes}: in one form only`).toEqual([]);
  const report = process.env.WORST_REPORT;
  if (report) appendFileSync(report, `${JSON.stringify({ tool, tokens, characters })}\n`);
  expect(tokens, `${notes}: tokens`).toBeLessThanOrEqual(10_000);
  expect(characters, `${notes}: characters`).toBeLessThanOrEqual(40_000);
  return { answer: result.isError ? undefined : answerOf(tool, result), text, spent: { tokens, characters } };
}

/** Every name and value of an answer, as a line of text shows it. */
function facts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(facts);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => [key, ...facts(item)]);
  return value === undefined ? [] : [String(value).replace(/\r?\n/g, '\\n')];
}
