import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/catalogue/index.ts';
import { facts2026 } from '../../contract/facts.ts';
import { type Answer, world } from '../../support/world.ts';

const made = await world();
const { rows } = await loadCatalogue();
const describing = (operation: string, field?: string): Promise<Answer> =>
  made.call('describe_operation', { operation, ...(field && { field }) });

const namesOf = (lines: readonly string[] = []): string => lines.map((line) => line.replace(/\{.*\}/s, '')).join(', ');

describe('describe_operation', () => {
  test('describes each operation: all that it takes, within 600 tokens', async () => {
    const costs: number[] = [];
    for (const row of rows) {
      const { content } = await made.raw('describe_operation', { operation: row.operation });
      const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
      costs.push(encode(text).length);
      if (row.refuse !== undefined) continue;
      const { path, query, body, roles } = await describing(row.operation);
      expect(path ?? []).toEqual(row.pathNames);
      expect(roles ?? []).toEqual(row.roles);
      const open = ([, one]: [string, { readOnly?: true; deprecated?: true }]) => !one.readOnly && !one.deprecated;
      for (const [name] of Object.entries(row.query).filter(open)) expect(namesOf(query)).toContain(name);
      for (const [name] of Object.entries(row.body?.fields ?? {}).filter(open)) expect(namesOf(body)).toContain(name);
    }
    costs.sort((a, b) => a - b);
    expect(costs.at(-1)).toBeLessThanOrEqual(600);
    expect(made.requests).toEqual([]);
  });

  test('gives types, limits, defaults and allowed values, required fields first', async () => {
    const jobs = await describing('PUT /jobs/v1/jobs/state/');
    expect(jobs).toMatchObject({ does: 'changes', body: expect.any(Array) });
    const share = await describing('POST /assets/v1/{object_type}/{object_id}/shares/');
    expect(share.body[0]).toMatch(/^\w+\* /);
    expect(share.body).toContain('emails* email[]');
    expect(share.body).toContain('expires date-time');
    const suggest = await describing('GET /assets/v1/delete_queue/assets/');
    expect(suggest.query).toContain('page integer =1');
    expect(suggest.answers).toMatch(/^objects\[id, title, status.*\], total$/);
  });

  test('requires nothing of a PATCH', async () => {
    for (const row of rows.filter(({ method, refuse }) => method === 'PATCH' && refuse === undefined)) {
      const { body = [] } = await describing(row.operation);
      expect(body.filter((line: string) => /^\w+\* /.test(line))).toEqual([]);
    }
  });

  test('shows fields two deep, and a field alone in full', async () => {
    const bulk = await describing('POST /assets/v1/assets/{asset_id}/segments/bulk/');
    expect(bulk.body.join()).toMatch(/objects\*? \[\]\{/);
    const objects = await describing('POST /assets/v1/assets/{asset_id}/segments/bulk/', 'objects');
    expect(objects.body.join()).toMatch(/segment_type\*? /);
    const one = await describing('POST /assets/v1/assets/{asset_id}/segments/bulk/', 'objects[].segment_type');
    expect(one.body).toEqual([expect.stringMatching(/COMMENT/)]);
    const unknown = await made.refused('describe_operation', { operation: 'PUT /jobs/v1/jobs/state/', field: 'nope' });
    expect(unknown).toMatch(/no field "nope".*Known:/);
  });

  test('says what asks first, what leaves the company and what has no way back', async () => {
    const does = async (operation: string) => (await describing(operation)).does;
    expect(await does('GET /assets/v1/assets/{asset_id}/')).toBe('reads');
    expect(await does('DELETE /assets/v1/assets/{asset_id}/')).toBe('deletes, asks first');
    expect(await does('DELETE /metadata/v1/fields/{field_name}/')).toBe('deletes, asks first, no way back');
    expect(await does('POST /assets/v1/{object_type}/{object_id}/shares/url/')).toBe(
      'creates, leaves the company (share), asks first',
    );
    expect(await does('DELETE /assets/v1/delete_queue/assets/')).toBe('changes');
    expect((await describing('PATCH /assets/v1/assets/{asset_id}/')).notes).toContain(
      'status: DELETED deletes, and asks first.',
    );
    const asking = rows.filter(({ asks, refuse }) => asks && refuse === undefined);
    for (const { operation } of asking) expect(await does(operation), operation).toContain('asks first');
  });

  test('refuses with the reason what is never called, and describes none of it', async () => {
    const refused = rows.filter(({ refuse }) => refuse !== undefined);
    expect(refused.length).toBeGreaterThan(170);
    for (const { operation } of refused) {
      const { notes, path, query, body, roles } = await describing(operation);
      expect(notes).toEqual([expect.stringMatching(/^Never called: it /)]);
      expect([path, query, body, roles]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  test('says where it is not JSON, and where a text comes as a document', async () => {
    const notes = async (operation: string) => (await describing(operation)).notes.join(' ');
    expect(await notes('POST /files/v1/files/upload/')).toMatch(/Not by this tool.*multipart/);
    expect(await notes('POST /users/v1/users/current/photo/')).toMatch(/Not by this tool.*image/);
    expect(await notes('GET /assets/v1/assets/{asset_id}/segments/vtt/')).toMatch(/text\/vtt.*document/);
    const other = rows.filter(({ isJson, refuse }) => !isJson && refuse === undefined);
    for (const { operation } of other) expect(await notes(operation)).toMatch(/Not by this tool|as a document/);
  });

  test('understands other spellings, and offers the nearest where there is none', async () => {
    const row = 'GET /assets/v1/assets/{asset_id}/history/';
    for (const written of ['/API/assets/v1/assets/{id}/history', 'get assets/v1/assets/:asset_id/history/'])
      expect((await describing(written)).operation).toBe(row);
    expect((await describing('/jobs/v1/jobs/state/')).operation).toBe('PUT /jobs/v1/jobs/state/');
    const wrong = await made.refused('describe_operation', { operation: 'GET /assets/v1/asset/{asset_id}/history/' });
    expect(wrong).toContain(row);
  });

  test('says since when, by which roles, and which tool does it better', async () => {
    const archive = await describing('POST /files/v2/assets/bulk/archive/');
    expect(archive.notes).toContain('New in 2026.');
    expect(archive.roles).toEqual(['can_archive_formats']);
    expect(archive.does).toMatch(/leaves the company \(archive\), asks first/);
    expect((await describing('GET /assets/v1/assets/{asset_id}/')).notes).toContain('show_asset does it, better.');
    const old = rows.filter(({ since }) => since === 2025);
    expect(old.length).toBe(777);
    expect(facts2026.routes).toHaveLength(rows.length);
  });
});
