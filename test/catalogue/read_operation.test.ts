import { beforeAll, describe, expect, test } from 'vitest';
import { ids, type World, world } from '../support/world.ts';
import { recorded } from './recorder.ts';

let made: World;
beforeAll(async () => {
  made = await world();
});

const ASSET = 'GET /assets/v1/assets/{asset_id}/';
const HISTORY = 'GET /assets/v1/assets/{asset_id}/history/';
const path = { asset_id: ids.interview };

const textOf = (result: Awaited<ReturnType<World['raw']>>): string =>
  result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
const read = async (args: Record<string, unknown>): Promise<string> => {
  const result = await made.raw('read_operation', args);
  if (result.isError) throw new Error(textOf(result));
  return textOf(result);
};

describe('read_operation', () => {
  test('answers with what Iconik says, without nulls and without the addresses of other pages', async () => {
    const text = await read({ operation: HISTORY, path });
    expect(text).toContain('operation_type: DOWNLOAD');
    expect(text).not.toMatch(/null|first_url|next_url/);
  });

  test('takes the operation with /API, without its last slash and with another name for the id', async () => {
    for (const operation of ['GET /API/assets/v1/assets/{asset_id}/history/', 'get /assets/v1/assets/{id}/history'])
      expect(await read({ operation, path })).toContain('operation_type');
  });

  test('takes an id that is written into the path, and refuses another one beside it or a query there', async () => {
    const operation = `GET https://app.iconik.io/API/assets/v1/assets/${ids.interview}/`;
    expect(await read({ operation, fields: ['title'] })).toContain('Interview Jordan Reyes, Lisbon');
    expect(await read({ operation, path, fields: ['title'] })).toContain('Interview Jordan Reyes, Lisbon');
    await expect(read({ operation, path: { asset_id: ids.match } })).rejects.toThrow(
      `path.asset_id is "${ids.match}", and operation has "${ids.interview}" there. Nothing was sent`,
    );
    await expect(read({ operation: `${HISTORY}?per_page=2`, path })).rejects.toThrow(
      'the query "per_page=2" goes into the argument query',
    );
  });

  test('takes objects as objects and as JSON text', async () => {
    expect(await read({ operation: HISTORY, path: JSON.stringify(path), query: '{"per_page": "2"}' })).toContain(
      'per_page: 2',
    );
  });

  test('gives only the fields that are chosen, and says which of them are not there', async () => {
    const text = await read({ operation: ASSET, path, fields: ['title', 'versions.id', 'colour'] });
    expect(text).toMatch(/title: Interview.*\n {2}versions:\n {2}- id: \S+\n/);
    expect(text).not.toContain('date_created');
    expect(text).toContain('Not in this answer, or empty: colour.');
    const list = await read({ operation: HISTORY, path, fields: ['operation_type', 'objects.user_id'] });
    expect(list).toMatch(/- operation_type: \w+ · user_id: \S+\n/);
  });

  test('shows as many rows as fit, and says how to get the others', async () => {
    const text = await read({ operation: 'POST /search/v1/search/', query: { per_page: 100 }, body: { query: '' } });
    expect(text).toMatch(/Rows shown: \d+ of the 100 of this page. Choose fields, or ask for per_page: \d+/);
    expect(text.length).toBeLessThan(25_000);
  });

  test('names everything that is wrong with the arguments, with what is meant and allowed', async () => {
    const operation = 'GET /assets/v1/assets/{asset_id}/segments/';
    const text = await made.refused('read_operation', {
      operation,
      path: { aset_id: 'x' },
      query: { per_pgae: 5, page: 'first' },
      body: { a: 1 },
    });
    expect(text).toContain('path has no "aset_id". Did you mean "asset_id"?');
    expect(text).toContain('path.asset_id is missing');
    expect(text).toContain('query has no "per_pgae". Did you mean "per_page"?');
    expect(text).toContain('query.page: "first" is not a whole number');
    expect(text).toContain('takes no body');
  });

  test('names the values and limits that are allowed', async () => {
    const text = await made.refused('read_operation', {
      operation: 'POST /search/v1/search/',
      query: { per_page: 5 },
      body: { doc_types: ['asset'], filter: { operator: 'AND', terms: [{ nmae: 'x' }] } },
    });
    expect(text).toMatch(/body.filter.terms\[0\] has no "nmae". Did you mean "name"\?/);
  });

  test('names the nearest operations where there is none', async () => {
    const text = await made.refused('read_operation', { operation: 'GET /assets/v1/assets/{asset_id}/histroy/', path });
    expect(text).toContain(`Nearest: ${HISTORY}`);
  });

  test('hands a text on as a document', async () => {
    const operation = 'GET /assets/v1/assets/{asset_id}/segments/vtt/';
    const result = await made.raw('read_operation', { operation, path });
    expect(result.content.find(({ type }) => type === 'resource')).toMatchObject({
      resource: { mimeType: 'text/vtt', text: expect.stringContaining('WEBVTT') },
    });
  });

  test('leaves signed addresses out unless they are asked for', async () => {
    const operation = 'GET /files/v1/assets/{asset_id}/proxies/';
    expect(await read({ operation, path })).not.toMatch(/https?:\/\/\S+\?/);
    expect(await read({ operation, path, query: { generate_signed_url: true } })).toMatch(/url: https?:\/\/\S+\?/);
  });

  test('never hands out an address to upload to', async () => {
    const files = await read({
      operation: 'GET /files/v1/assets/{asset_id}/files/',
      path,
      query: { generate_signed_url: true },
    });
    expect(files).not.toMatch(/upload_(url|credentials|method)/);
    const text = await made.refused('read_operation', {
      operation: 'GET /files/v1/assets/{asset_id}/files/{file_id}/multipart_url/part/',
      path: { ...path, file_id: ids.interview },
    });
    expect(text).toContain('upload');
  });

  test('shows nothing that a program signs in with, whatever it is called and however deep', async () => {
    const KEY = 'k3y-0f-the-h0use';
    const storage = {
      name: 'Cold',
      settings: {
        bucket: 'cold',
        region: 'eu',
        access_key: KEY,
        secret_key: KEY,
        free: KEY,
        deep: { sas_token: KEY, odd: KEY },
      },
      headers: { Authorization: KEY },
      db_connection_uri: KEY,
      has_password: true,
      password: KEY,
      token: KEY,
      upload_url: KEY,
      list: [{ client_secret: KEY, url: `https://example.com/a?X-Amz-Signature=${KEY}` }],
    };
    const front = await recorded({}, { objects: [storage], next_url: '/API/x' });
    const operation = 'GET /files/v1/storages/';
    for (const [tool, args] of [
      ['read_operation', { operation }],
      ['read_operation', { operation, fields: ['settings', 'headers', 'token', 'list'] }],
      ['run_query', { program: `return [await read('${operation}'), await pages('${operation}')];` }],
    ] as const) {
      const text = textOf(await front.raw(tool, { ...args }));
      expect(text).not.toContain(KEY);
      expect(text).toContain('bucket: cold');
    }
    expect(textOf(await front.raw('read_operation', { operation }))).toContain('has_password: true');
  });

  test.each<[string, unknown]>([
    ['url', 'https://f001.example.com/file/b/x.mov?Authorization=KEYKEY42'],
    ['manifest', 'https://cdn.example.com/a.m3u8?hdnts=exp~KEYKEY42'],
    ['error_message', 'PUT https://s3.example.com/x?X-Goog-Signature=KEYKEY42 failed'],
    ['origin', 'sftp://ingest:KEYKEY42@host.example.com/in'],
    ['upload_urls', ['https://u.example.com/KEYKEY42']],
    ['resumable_url', 'https://u.example.com/?upload_id=KEYKEY42'],
    ['presigned_post', { fields: { policy: 'KEYKEY42' } }],
    ['uploadUrl', 'https://u.example.com/KEYKEY42'],
    ['apiKey', 'KEYKEY42'],
    ['x-auth-token', 'KEYKEY42'],
    ['session_token', 'KEYKEY42'],
    ['Authorization', 'Bearer KEYKEY42'],
    ['jwt', 'KEYKEY42'],
    ['encryption_key', 'KEYKEY42'],
    ['http_headers', { Any: 'KEYKEY42' }],
    ['settings', { path_key: 'KEYKEY42', list: ['KEYKEY42'] }],
  ])('hands out no key in %s, to readers, programs, or in the answer of a change', async (name, value) => {
    const front = await recorded({}, { id: 'x', title: 'Kept', objects: [{ title: 'Kept', [name]: value }] });
    const operation = 'GET /files/v1/storages/';
    for (const [tool, args] of [
      ['read_operation', { operation }],
      ['run_query', { program: `return await read('${operation}');` }],
      ['change_operation', { operation: ASSET.replace('GET', 'PATCH'), path, body: { title: 'Kept' } }],
    ] as const) {
      if (tool === 'change_operation' && /upload|resumable|presigned/i.test(name)) continue;
      const text = textOf(await front.raw(tool, { ...args }));
      expect(text).toContain('Kept');
      expect(text).not.toContain('KEYKEY42');
    }
  });

  test('keeps addresses that are open to all, and names that only look like keys', async () => {
    const open = {
      url: 'https://example.com/watch?v=1',
      monkey: 'a',
      post_url: 'https://example.com/p',
      token_count: 3,
    };
    const front = await recorded({}, { objects: [open] });
    const text = textOf(await front.raw('read_operation', { operation: 'GET /files/v1/storages/' }));
    for (const [name, value] of Object.entries(open)) expect(text).toContain(`${name}: ${value}`);
  });

  test('takes __proto__ for the name of a field', async () => {
    expect(await read({ operation: ASSET, path, fields: ['__proto__'] })).toContain('Not in this answer');
  });

  test.each([undefined, null, '', false])('tells Iconik to keep no history of a search: %j', async (given) => {
    const front = await recorded();
    const query = given === undefined ? {} : { save_search_history: given };
    await front.raw('read_operation', { operation: 'POST /search/v1/search/', query, body: { query: 'x' } });
    expect((await front.sent())[0]?.query).toEqual({ save_search_history: 'false' });
  });

  test('writes no search history', async () => {
    const query = { save_search_history: true };
    const before = made.requests.length;
    expect(
      await made.refused('read_operation', { operation: 'POST /search/v1/search/', query, body: { query: 'x' } }),
    ).toContain('save_search_history');
    expect(made.requests.length).toBe(before);
  });
});

describe('the flags', () => {
  const names = async (options: Parameters<typeof world>[0]): Promise<string[]> => {
    const { tools } = await (await world(options)).host.listTools();
    return tools.map(({ name }) => name).filter((name) => /_operation$|^run_query$/.test(name));
  };

  test('offer all, what reads, or nothing of the catalogue', async () => {
    expect(await names({})).toEqual(expect.arrayContaining(['read_operation', 'change_operation', 'run_query']));
    for (const options of [{ catalogue: 'read' }, { readOnly: true }] as const) {
      const offered = await names(options);
      expect(offered).toEqual(expect.arrayContaining(['read_operation', 'run_query']));
      expect(offered).not.toContain('change_operation');
    }
    expect(await names({ catalogue: 'off' })).toEqual([]);
    expect(await names({ programs: 'off' })).not.toContain('run_query');
  });

  test('say why a tool is not there', async () => {
    const reading = await world({ catalogue: 'read' });
    expect(await reading.refused('change_operation', {})).toContain('--catalogue read');
    const without = await world({ programs: 'off' });
    expect(await without.refused('run_query', {})).toContain('--programs off');
  });

  test('does not advise a page size where a list has none', async () => {
    const operation = 'GET /stats/v1/storage/usage/by/{period}/';
    const query = { from_date: '2026-01-01', to_date: '2026-11-01' };
    const text = await read({ operation, path: { period: 'day' }, query });
    expect(text).toMatch(/Rows shown: \d+ of the \d+ of this page\. Choose fields, or narrow the request\./);
  });
});
