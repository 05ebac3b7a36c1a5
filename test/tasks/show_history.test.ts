import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';

useJumpingClock();

const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));

describe('show_history', () => {
  test('says who did what and when, newest first, with what Iconik does not record', async () => {
    const made = await world();
    const answer = await made.call('show_history', { assets: ['Interview Jordan Reyes, Lisbon'] });
    const download = answer.entries.find((line: string) => line.includes('download'));
    expect(download).toBe(
      `2026-09-11 13:47 UTC · Tom Becker · download · "Interview Jordan Reyes, Lisbon" v3 · Original downloaded · ${ids.interview}`,
    );
    const dates = answer.entries.map((line: string) => line.slice(0, 16));
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(answer.entries.join('\n')).toMatch(/ · share · .*share "/);
    expect(answer.entries.join('\n')).toMatch(/ · created · /);
    expect(answer.state[0]).toMatch(/^"Interview Jordan Reyes, Lisbon": last changed 20/);
    expect(answer.notes.join()).toContain('records no renames');
    expect(writes(made)).toEqual([]);
  });

  test('says so in few tokens, which every answer carries', async () => {
    const { call } = await world();
    const { notes } = await call('show_history', { assets: [ids.interview] });
    expect(notes.at(-1)).toMatch(/no renames.*metadata.*comments.*views.*shares.*approval/);
    expect(encode(String(notes.at(-1))).length).toBeLessThanOrEqual(30);
  });

  test('has the request for approval that is there: who asked whom, about which version, and how it stands', async () => {
    const made = await world();
    const asked = { assets: ['Spring teaser, landscape, 30 seconds'], what: ['reviewed'] };
    const [line, ...answers] = (await made.call('show_history', asked)).entries;
    expect(answers).toEqual([
      expect.stringMatching(/^2026-11-17 10:00 UTC · Maria Almeida · approve · "Spring teaser.*" v\d+ · [-\w]+$/),
      expect.stringMatching(/^2026-11-17 10:00 UTC · Grace Linwood · reject · "Spring teaser/),
    ]);
    expect(line).toMatch(
      /^2026-11-17 10:00 UTC · Ines Carvalho · request approval · "Spring teaser.*" v\d+ · asked Maria Almeida, Grace Linwood, guest anna@client\.example · now MIXED · /,
    );
    made.sandbox.deny('can_read_approval_request');
    const without = await made.call('show_history', asked);
    expect(without.total).toBe(0);
    expect(without.notes.join()).toMatch(/Requests for approval: not known, .*403/);
  });

  test('has an answer once, dated when it was given, and finds it by who gave it', async () => {
    const made = await world();
    const asked = { assets: ['Interview Jordan Reyes, Lisbon'], what: ['reviewed'] };
    const [approval] = made.sandbox.store.approvals.where('object_id', ids.interview);
    const answer = { user: ids.me, status: 'APPROVED', change_date: '2026-11-20T08:00:00.000000+00:00' };
    const undated = { external: 'anna@client.example', status: 'APPROVED' };
    made.sandbox.store.approvals.update(String(approval?.id), { approvals_by: [answer, undated] });
    const entry = { asset_id: ids.interview, user_id: ids.me, date_created: '2026-11-20T08:00:01.000000+00:00' };
    made.sandbox.store.history.insert({ ...entry, id: made.sandbox.store.newId(), operation_type: 'APPROVE' });
    const own = (await made.call('show_history', { ...asked, by: 'ines', days: '2026-11-20' })).entries;
    expect(own).toEqual([expect.stringMatching(/^2026-11-20 08:00 UTC · Ines Carvalho · approve · /)]);
    expect((await made.call('show_history', { ...asked, by: 'me', days: '2026-11-20' })).entries).toEqual(own);
    const annas = (await made.call('show_history', { ...asked, by: 'anna@client' })).entries;
    expect(annas).toEqual([
      expect.stringContaining('answers: guest anna@client.example APPROVED (when is not known) · '),
    ]);
  });

  test('shows no state of assets where nothing fits what is asked', async () => {
    const { call } = await world();
    const none = await call('show_history', { assets: [ids.interview, ids.drone], by: 'nobody' });
    expect(none).toMatchObject({ total: 0 });
    expect(none).not.toHaveProperty('state');
    expect((await call('show_history', { assets: [ids.interview], days: '2019' })).state).toHaveLength(1);
  });

  test('filters by person, kind and days; the days are those of the zone', async () => {
    const { call } = await world();
    const asked = { assets: [ids.interview] };
    const maria = await call('show_history', { ...asked, by: 'maria' });
    expect(maria.entries.length).toBeGreaterThan(0);
    for (const line of maria.entries) expect(line).toContain('Maria Almeida');
    const versions = await call('show_history', { ...asked, what: ['versions'], days: '2025-05-20..2025-05-27' });
    expect(versions.entries.map((line: string) => line.slice(0, 10))).toEqual(['2025-05-27', '2025-05-20']);
    const tokyo = await call('show_history', {
      ...asked,
      what: ['downloaded'],
      days: '2026-09-11',
      time_zone: 'Asia/Tokyo',
    });
    expect(tokyo.entries[0]).toContain('2026-09-11 22:47 Asia/Tokyo');
    const other = await call('show_history', { ...asked, by: 'nobody' });
    expect(other.notes.join()).toMatch(/0 of \d+ entries fit/);
    expect(other.notes.join()).not.toContain('No entry');
    const none = await call('show_history', { ...asked, days: '2019' });
    expect(none.total).toBe(0);
    expect(none.notes.join()).toContain('No entry in the history of 1 assets in 2019 (UTC)');
  });

  test('finds what was deleted in a week, by whom, without a name of an asset', async () => {
    const { call } = await world();
    const answer = await call('show_history', { days: '2026-11-02..2026-11-10', what: ['deleted'] });
    expect(answer.entries).toEqual([
      expect.stringMatching(/^2026-11-10 16:40 UTC · Maria Almeida · delete · "Spring teaser/),
      expect.stringMatching(/^2026-11-02 08:14 UTC · Rui Esteves · delete · "Matchday 11/),
    ]);
    expect(answer.notes.join()).toContain('lists no history across assets: looked at ');
  });

  test('finds reviews and shares of a day, which change no asset, and says what it did not search', async () => {
    const { call } = await world({ assets: 3_000 });
    const reviews = await call('show_history', { days: '2026-11-17', what: ['reviewed'] });
    expect(reviews.entries.join('\n')).toMatch(
      /2026-11-17 10:00 UTC · Ines Carvalho · request approval · "Spring teaser/,
    );
    expect(reviews.notes.join('\n')).toContain('have a request for approval');
    expect(reviews.notes.join('\n')).not.toContain('Not searched');
    const written = await call('show_history', { days: '2026-11-17', what: ['metadata'] });
    expect(written.notes.join('\n')).toContain('Not searched: metadata on other assets');
    const own = await call('show_history', { assets: [ids.interview], what: ['shared'] });
    const day = own.entries[0]?.slice(0, 10);
    const shares = await call('show_history', { days: day, what: ['shared'] });
    expect(shares.entries.join('\n')).toContain('Interview Jordan Reyes, Lisbon');
  });

  test('says what it did not read: older entries, and a bin that is refused', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const isRefused = new URL(request.url).pathname.includes('/delete_queue/');
        return isRefused ? Response.json({ errors: ['No'] }, { status: 403 }) : sandbox.fetch(request);
      },
    });
    const [entry] = made.sandbox.store.history.where('asset_id', ids.drone);
    const [other] = made.sandbox.store.history.list();
    for (let number = 0; number < 350; number += 1)
      made.sandbox.store.history.insert({
        ...(entry ?? other),
        id: made.sandbox.store.newId(),
        asset_id: ids.drone,
      });
    made.sandbox.reindex();
    const many = await made.call('show_history', { assets: [ids.drone] });
    expect(many.notes.join()).toMatch(/\d+ older entries were not read: give days/);
    const week = await made.call('show_history', { days: '2026-11-02..2026-11-10' });
    expect(week.notes).toContain('The recycle bin could not be read.');
  });

  test('takes a collection, and says what is known of the collection itself', async () => {
    const { call } = await world();
    const answer = await call('show_history', { collection: 'Interviews' });
    expect(answer.entries.join()).toContain('Interview Jordan Reyes, Lisbon');
    expect(answer.notes[0]).toMatch(/^Iconik keeps no history of collections. "Interviews": created 20.* by /);
  });

  test('goes on with a cursor, each entry once', async () => {
    const { call } = await world();
    const all = await call('show_history', { assets: [ids.interview] });
    const seen: string[] = [];
    let page = await call('show_history', { assets: [ids.interview], limit: 3 });
    seen.push(...page.entries);
    while (page.next) {
      page = await call('show_history', { cursor: page.next, limit: 3 });
      seen.push(...page.entries);
    }
    expect(seen).toEqual(all.entries);
  });

  test('shows what was done a moment ago', async () => {
    const made = await world();
    const { confirm } = await made.call('delete_assets', { assets: [ids.drone] });
    await made.call('delete_assets', { confirm });
    made.sandbox.settle();
    made.sandbox.reindex();
    const answer = await made.call('show_history', { assets: [ids.drone], what: ['deleted'] });
    expect(answer.entries[0]).toContain('Ines Carvalho · delete');
    expect(answer.state[0]).toContain('in the recycle bin since');
  });

  test('needs assets or days', async () => {
    const { refused } = await world();
    expect(await refused('show_history', { by: 'maria' })).toContain('or give days');
    expect(await refused('show_history', { assets: [ids.drone], collection: 'News' })).toContain('in one way');
  });
});
