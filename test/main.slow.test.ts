import { describe, expect, test } from 'vitest';
import { binary, initialized, start } from './support/binary.ts';
import { ids } from './support/world.ts';

describe('the built binary', () => {
  test('has the same sandbox within and on a port: the same library, as hard as the real one', async () => {
    const answersOf = async (host: Awaited<ReturnType<typeof initialized>>) => {
      const call = async (name: string, args: object) => {
        const { structuredContent, content } = (await host.request('tools/call', { name, arguments: args })).result;
        // The fence has another name in each process.
        return structuredContent ?? { text: content[0].text.replace(/<<[^>]*>>/g, '') };
      };
      const answers = [
        await call('find_assets', { limit: 100 }),
        await call('read_transcript', { asset: ids.interview }),
        await call('read_metadata', { assets: [ids.interview] }),
        await call('read_operation', {
          operation: 'GET /assets/v1/assets/{asset_id}/segments/',
          path: { asset_id: ids.interview },
          query: { segment_type: 'TRANSCRIPTION', per_page: 1 },
        }),
      ].map(({ selection: _, next: __, ...rest }) => rest);
      host.child.stdin.end();
      return answers;
    };
    const within = await answersOf(await initialized());
    const served = start({ args: [binary, 'sandbox', '--port', '0'] });
    await expect.poll(() => served.stdout(), { timeout: 20_000 }).toContain('ICONIK_AUTH_TOKEN=');
    const env = Object.fromEntries(
      served
        .stdout()
        .split('\n')
        .filter((line) => line.startsWith('ICONIK_'))
        .map((line) => line.split('=') as [string, string]),
    );
    const beside = await answersOf(await initialized({ args: [binary], env }));
    served.child.kill();
    expect(within[0].total).toBeGreaterThan(50);
    expect(within[1].total).toBeGreaterThan(5);
    // The hard way: words are timed from the start of their line.
    expect(JSON.stringify(within[3])).toMatch(/time_start_milliseconds: [1-9].*words: \[start_ms: 0 /);
    expect(beside).toEqual(within);
  });
});
