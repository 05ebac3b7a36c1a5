import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../src/tools/index.ts';
import { ids, world } from '../support/world.ts';

const calls = {
  view_frame: { asset: ids.interview, at: ['2:00'] },
  export_markers: { asset: ids.interview },
  export_captions: { asset: ids.interview },
  check_masters: { assets: [ids.interview], codec: 'ProRes 422', csv: true },
  export_metadata: { assets: [ids.interview], columns: ['Rating'] },
  report_storage: { delimiter: 'comma' },
  read_operation: {
    operation: 'GET /assets/v1/assets/{asset_id}/segments/vtt/',
    path: { asset_id: ids.interview },
  },
  run_query: { program: 'return table([{ a: 1 }]);' },
} as const;

describe('a tool that attaches something', () => {
  test('is one of those that say so', () => {
    const attaching = [...registry].filter(([, { tool }]) => tool.attaches).map(([name]) => name);
    expect(attaching.sort()).toEqual(Object.keys(calls).sort());
  });

  test.each(Object.entries(calls))('%s sends no structured content', async (name, args) => {
    const { raw } = await world();
    const result = await raw(name, args);
    expect(result).not.toHaveProperty('structuredContent');
    expect(result.content.map(({ type }) => type)).toEqual(['text', name === 'view_frame' ? 'image' : 'resource']);
  });

  test('keeps its documents readable under the address that the answer names', async () => {
    const { call, raw, host } = await world();
    const { uri } = await call('export_markers', calls.export_markers);
    const { contents } = await host.readResource({ uri });
    const beside = (await raw('export_markers', calls.export_markers)).content.find(({ type }) => type === 'resource');
    expect(contents).toEqual([(beside as { resource: object }).resource]);
    const other = uri.replace(ids.interview, ids.match);
    await expect(host.readResource({ uri: other })).rejects.toThrow(/There is no resource/);
  });
});

test('every document is attached where its length is checked', () => {
  const root = join(import.meta.dirname, '../../src/tools');
  const careless = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'documents.ts')
    .filter((file) => /attach\(\{\s*kind: 'document'/.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => !readFileSync(join(root, file), 'utf8').includes('MAX_DOCUMENT_LENGTH'));
  expect(careless).toEqual([]);
});
