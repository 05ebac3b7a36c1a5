import { describe, expect, test } from 'vitest';
import { type Answer, ids, SIGNED, UNKNOWN, type World, watched } from '../support/traffic.ts';

const made = () => watched({ toolsets: ['files'] });

/** A new file on a storage, to upload to. */
async function fileOn({ call }: World, storage_id: string) {
  const { id } = await call('create_asset_file', { asset_id: ids.interview, original_name: 'new.mov', storage_id });
  return { asset_id: ids.interview, file_id: String(id) };
}

describe('the upload of a file', () => {
  test('in parts to S3 arrives byte for byte, and the file is closed', async () => {
    const world = await made();
    const { call, sandbox } = world;
    const file = await fileOn(world, ids.s3Storage);
    const { upload_id, note } = await call('get_upload_id_for_file', file);
    expect(note).toContain('get_file_part_urls');
    const bytes = [Buffer.alloc(5 * 1024 * 1024, 1), Buffer.from('the end')];
    const { parts } = await call('get_file_part_urls', { ...file, upload_id, parts_num: bytes.length });
    expect(parts.map(({ number }: Answer) => number)).toEqual([1, 2]);
    const etags = await Promise.all(
      parts.map(async ({ number, url }: Answer) => {
        const { headers } = await sandbox.fetch(url, { method: 'PUT', body: bytes[number - 1] ?? '' });
        return `<Part><PartNumber>${number}</PartNumber><ETag>${headers.get('etag')}</ETag></Part>`;
      }),
    );
    const { complete_url } = await call('get_file_complete_url', { ...file, upload_id });
    const body = `<CompleteMultipartUpload>${etags.join('')}</CompleteMultipartUpload>`;
    expect((await sandbox.fetch(complete_url, { method: 'POST', body })).status).toBe(200);
    await call('update_asset_file', { ...file, status: 'CLOSED' });
    const { url } = await call('get_file_download_url', file);
    const stored = Buffer.from(await (await sandbox.fetch(url)).arrayBuffer());
    expect(stored.equals(Buffer.concat(bytes))).toBe(true);
  });

  test('to GCS is a session', async () => {
    const world = await made();
    const file = await fileOn(world, ids.gcsStorage);
    const { session_url, upload_id, note } = await world.call('get_upload_id_for_file', file);
    expect(upload_id).toBeUndefined();
    expect(session_url).toMatch(SIGNED);
    expect(note).toContain('update_asset_file');
  });

  test('to a gateway is refused with what to do instead', async () => {
    const world = await made();
    const error = await world.refused('get_upload_id_for_file', await fileOn(world, ids.gatewayStorage));
    expect(error).toMatch(/this file is on FILE.*update_asset_file.*gateway transfers the file itself/);
  });

  test('is refused for an unknown file, and addresses need the role to write', async () => {
    const world = await made();
    const file = await fileOn(world, ids.s3Storage);
    expect(await world.refused('get_upload_id_for_file', { ...file, file_id: UNKNOWN })).toContain('404');
    world.sandbox.deny('can_write_files');
    const given = { ...file, upload_id: 'x', parts_num: 1 };
    expect(await world.refused('get_file_part_urls', given)).toMatch(/403.*can_write_files/);
  });

  test('is not offered where nothing may be changed', async () => {
    const { host } = await watched({ toolsets: ['files'], readOnly: true });
    const names = (await host.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('get_asset_file');
    expect(names.filter((name) => /upload|part_url|complete_url/.test(name))).toEqual([]);
  });
});
