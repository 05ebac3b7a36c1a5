import { expect, test } from 'vitest';
import { ASSET, audits, json, pause, SEGMENT, until } from './host.ts';
import { againstRunning } from './running.ts';

const read = { asset_id: ASSET };

test.concurrent.each(['error', 'debug'])(
  'each write leaves one audit line at log level %s, without bodies; reads leave none',
  (level) =>
    againstRunning(
      ({ method, path }, response) => {
        const headers = { 'x-request-id': 'req-77' };
        if (method === 'PATCH') return json(response, 409, { errors: ['busy'] }, headers);
        return json(response, path.includes('/search/') ? 200 : 201, { id: SEGMENT }, headers);
      },
      async (host) => {
        await host.call('get_asset', read);
        await host.call('search', { query: 'x' });
        await host.call('create_segment', { ...read, segment_type: 'NOTHING' });
        await pause(50);
        expect(audits(host)).toEqual([]);
        const segment_text = 'The words of the comment';
        await host.call('create_segment', { ...read, segment_type: 'COMMENT', segment_text });
        await host.call('partial_update_segment', { ...read, segment_id: SEGMENT, segment_text });
        await until(() => audits(host).length >= 2);
        const facts = { audit: true, time: expect.stringMatching(/^20\d\d-\d\d-\d\dT/), request_id: 'req-77' };
        expect(audits(host)).toEqual([
          expect.objectContaining({ ...facts, tool: 'create_segment', status: 201 }),
          expect.objectContaining({ ...facts, tool: 'partial_update_segment', status: 409 }),
        ]);
        for (const line of audits(host)) expect(JSON.stringify(line.object)).toContain(ASSET);
        expect(JSON.stringify(audits(host)[1].object)).toContain(SEGMENT);
        expect(host.stderr()).not.toContain(segment_text);
      },
      { flags: ['--log-level', level] },
    ),
);
