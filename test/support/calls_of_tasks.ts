import { registry } from '../../src/tools/index.ts';
import { ids, type World } from './world.ts';

type Args = Readonly<Record<string, unknown>>;

/** A plain call of each task, some in several ways. A task that is new gets what its arguments are called. */
export const PLAIN: Readonly<Record<string, readonly Args[]>> = {
  copy_notes: [{ asset: ids.interview, from_version: 'v2' }],
  annotate_asset: [
    { asset: ids.interview, items: ['1:00 x', '2:00 y'] },
    { asset: ids.interview, text: 'x', reply_to: '1' },
  ],
  archive_assets: [{ assets: [ids.interview, ids.match] }],
  check_jobs: [{}, { asset: ids.interview }],
  check_masters: [{ assets: [ids.interview, ids.match], codec: 'DNxHD', file_name: '*.mxf' }],
  collect_assets: [{ assets: [ids.interview, ids.match], into: ids.highlights }],
  compare_versions: [{ asset: ids.interview }],
  delete_assets: [{ assets: [ids.interview, ids.match] }],
  deliver_assets: [{ assets: [ids.match], to: 'Broadcast playout', unapproved: true }],
  describe_metadata: [{}, { view: 'Editorial' }],
  edit_assets: [
    { assets: [ids.interview, ids.match], title: '{title} {n}' },
    { assets: [ids.match], add_to: [ids.highlights] },
  ],
  export_captions: [
    { asset: ids.interview, speakers: true },
    { asset: ids.interview, format: 'vtt', speakers: true },
  ],
  export_markers: [{ asset: ids.interview }, { cut: [`${ids.interview} 1:00-2:00`, ids.match] }],
  export_metadata: [{ assets: [ids.interview, ids.match], columns: ['Editorial'] }],
  find_duplicates: [{ collection: ids.drones2025, everywhere: true }],
  find_people: [{}, { asset: ids.interview }, { people: [ids.reyes] }],
  find_assets: [{ words: 'harbour' }, { where: { Rating: '4' }, count_by: ['Rating'], show: ['Rating'] }],
  import_log: [{ csv: `Clip,In,Note\n${ids.interview},0:10,hello\n` }],
  import_metadata: [{ csv: `id,Rating\n${ids.interview},1\n${ids.match},2\n` }],
  list_approvals: [{}, { assets: [ids.interview] }],
  list_shares: [{}, { asset: ids.interview }],
  list_bin: [{}, { by: 'rui' }],
  list_searches: [{}, { run: 'Clearance pending' }],
  locate_files: [{ asset: ids.interview }],
  make_subclips: [{ asset: ids.interview, ranges: ['1:00-2:00'], names: ['A {n}'] }],
  read_notes: [{ asset: ids.interview }],
  move_in_collections: [{ collection: ids.highlights, under: ids.season2023 }],
  name_people: [
    { person: ids.reyes, name: 'Milo' },
    { assets: [ids.master], analyse: true },
  ],
  name_speakers: [{ asset: ids.interview, names: { 'Lena Vogt': 'Lena V.' }, all_languages: true }],
  read_metadata: [{ assets: [ids.interview] }, { proposed: true }],
  read_transcript: [{ asset: ids.interview }, { asset: ids.interview, find: 'harbour' }],
  request_approval: [{ assets: [ids.match], people: ['anna@client.example'] }],
  restore_media: [{ collection: ids.season2023 }],
  restore_assets: [{ assets: [ids.deleted] }],
  review_proposals: [
    { assets: [ids.interview], accept: ['all'] },
    { assets: [ids.match], fill: ['Keywords'] },
  ],
  revoke_shares: [{ asset: ids.interview }],
  report_storage: [{}, { collections: 50 }],
  set_current_version: [{ asset: ids.interview, version: 'v1', delete_old: true }],
  set_metadata: [{ assets: [ids.interview, ids.match], values: { Rating: 4 } }],
  share: [{ asset: ids.interview, emails: ['anna@client.example'] }],
  show_asset: [{ asset: ids.interview }, { asset: ids.match }],
  show_history: [{ assets: [ids.interview] }, { days: '2026-11' }],
  steer_jobs: [{ action: 'restart', cause: 'space' }],
  view_frame: [{ asset: ids.interview }],
};
const GUESSED: Args = { asset: ids.interview, assets: [ids.interview], collection: ids.highlights, version: 'v1' };

/** Each plain call of each task, with the names of its arguments. */
export const calls = [...registry].flatMap(([name, { tool }]): (readonly [string, Args, readonly string[]])[] => {
  if (!tool.listed || tool.kind !== 'task') return [];
  const known = Object.keys(tool.input.shape);
  const guessed = Object.fromEntries(Object.entries(GUESSED).filter(([key]) => known.includes(key)));
  return (PLAIN[name] ?? [guessed]).map((args) => [name, args, known] as const);
});

/** The sandbox behind a `fetch` that passes each text of an answer through `change`, with the key it stands under. */
export function answering(change: (text: string, key: string) => string) {
  const spoil = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return change(value, key);
    if (Array.isArray(value)) return value.map((item) => spoil(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, name)]));
  };
  return (sandbox: World['sandbox']): typeof globalThis.fetch =>
    async (input, init) => {
      const response = await sandbox.fetch(new Request(input, init));
      if (!response.headers.get('content-type')?.includes('json')) return response;
      const text = await response.text();
      const body = text === '' ? null : JSON.stringify(spoil(JSON.parse(text), ''));
      return new Response(body, { status: response.status, headers: { 'content-type': 'application/json' } });
    };
}
