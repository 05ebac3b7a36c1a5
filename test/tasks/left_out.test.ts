import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const INTERVIEW = 'Interview Jordan Reyes, Lisbon';
const MATCH = 'Matchday 12, Harbour City v Northgate, full match';

/** A selection of all videos, with their titles. */
const videos = async ({ call }: World): Promise<{ selection: string; total: number }> =>
  call('find_assets', { media_type: ['video'], archived: false, limit: 1 });

const notesOf = ({ notes }: Answer): string => notes.join('\n');

describe('except', () => {
  test('leaves assets out of a plan, by title and by id, and says so', async () => {
    const made = await world();
    const { selection } = await videos(made);
    const whole = await made.call('archive_assets', { selection, to: 'Deep archive' });
    expect(whole.affected.join('\n')).toContain(INTERVIEW);
    const plan = await made.call('archive_assets', {
      selection,
      to: 'Deep archive',
      except: [INTERVIEW, ids.match],
    });
    expect(plan.affected.join('\n')).not.toContain(INTERVIEW);
    expect(plan.affected.join('\n')).not.toContain(MATCH);
    expect(plan.affected).toHaveLength(whole.affected.length - 2);
    expect(notesOf(plan)).toContain('except: 2 left out: ');
    expect(notesOf(plan)).toContain(INTERVIEW);
    await made.call('archive_assets', { confirm: plan.confirm });
    made.sandbox.settle();
    expect(made.sandbox.store.assets.get(ids.interview)?.archive_status).toBe('NOT_ARCHIVED');
  });

  test.each<[string, Record<string, unknown>]>([
    ['archive_assets', { to: 'Deep archive' }],
    ['restore_media', {}],
    ['delete_assets', {}],
    ['edit_assets', { category: 'B-roll' }],
    ['set_metadata', { values: { Rating: 3 } }],
    ['collect_assets', { into: 'Apart', create_collection: true }],
    ['request_approval', { people: ['Tom Becker'] }],
    ['deliver_assets', { to: 'Broadcast playout', unapproved: true }],
  ])('is known to %s', async (tool, args) => {
    const made = await world();
    const { selection } = await videos(made);
    const answer = await made.call(tool, { ...args, selection, except: [INTERVIEW] });
    expect(notesOf(answer)).toContain(`except: 1 left out: "${INTERVIEW}".`);
    // What is left out stays out of the lines, whatever they are about.
    const { notes: _, ...rest } = answer;
    expect(JSON.stringify(rest)).not.toContain(INTERVIEW);
  });

  test('takes a selection, and a collection', async () => {
    const made = await world();
    const { selection } = await videos(made);
    const interviews = await made.call('find_assets', { where: { 'Content type': 'Interview' }, limit: 100 });
    const some = { selection, values: { Rating: 1 } };
    const whole = await made.call('set_metadata', some);
    const plan = await made.call('set_metadata', { ...some, except: [interviews.selection, 'Drone 2025'] });
    expect(notesOf(plan)).toContain(`except: ${interviews.selection} → `);
    expect(notesOf(plan)).toMatch(/except: "Drone 2025" → collection "Drone 2025" \(.*\), all in it\./);
    const gone = Number(/except: (\d+) left out/.exec(notesOf(plan))?.[1]);
    expect(gone).toBeGreaterThan(2);
    const count = ({ summary }: Answer): number => Number(/ (\d+) (?:of|assets)/.exec(summary)?.[1]);
    expect(count(plan)).toBeLessThan(count(whole));
    for (const line of interviews.hits)
      expect(plan.affected.join('\n')).not.toContain(`"${/"([^"]+)"/.exec(line)?.[1]}"`);
  });

  test.each([
    ['shared', INTERVIEW, 'shared right now, or in a collection that is'],
    ['what is shared right now', 'Spring teaser, landscape, 30 seconds', 'shared right now'],
    ['approved', 'Season trailer 2025', 'approved, as search has it, in whatever version'],
    ['those waiting for approval', INTERVIEW, 'waiting for approval'],
    ['rejected', 'Spring teaser, landscape, 30 seconds', 'rejected by somebody'],
    ['things with unresolved comments', MATCH, 'with comments that are not ticked off'],
    ['what is in the collection Drone 2025', 'Drone, Old Harbour at sunrise', 'collection "Drone 2025"'],
    ['open comments', 'Matchday 12, Harbour City v Northgate, full match', 'with comments that are not ticked off'],
    ['assets with sub-clips', MATCH, 'originals that sub-clips are made of'],
    ['used in collection Drone 2025', 'Drone, Old Harbour at sunrise', 'collection "Drone 2025"'],
  ])('takes what is "%s", and says how it was understood', async (words, title, meant) => {
    const made = await world();
    const { selection } = await made.call('find_assets', { limit: 1 });
    const to = { selection, values: { Rating: 1 } };
    const whole = await made.call('set_metadata', { ...to, first: 1_000 });
    const plan = await made.call('set_metadata', { ...to, except: [words], first: 1_000 });
    expect(notesOf(plan)).toContain(`except: "${words}" → ${meant}`);
    const count = ({ summary }: Answer): number => Number(/ (\d+) (?:of|assets)/.exec(summary)?.[1]);
    const out = Number(/except: (\d+) left out/.exec(notesOf(plan))?.[1]);
    expect(out).toBeGreaterThan(0);
    expect(count(plan)).toBeLessThan(count(whole));
    const one = await made.call('set_metadata', { assets: [title], values: { Rating: 1 }, except: [words] });
    expect(notesOf(one)).toContain(`except: 1 left out: "${title}"`);
  });

  test('says for what each is left out where several words may be it', async () => {
    const made = await world();
    const asked = { assets: [INTERVIEW, 'Season trailer 2025', ids.drone], values: { Rating: 1 } };
    const plan = await made.call('set_metadata', { ...asked, except: ['shared', 'open comments', 'approved'] });
    expect(notesOf(plan)).toMatch(
      /except: 2 left out: "Interview Jordan Reyes, Lisbon" \(shared, open comments\), "Season trailer 2025" \([^)]*approved\)\./,
    );
    const alone = await made.call('set_metadata', { ...asked, except: ['approved'] });
    expect(notesOf(alone)).toContain('except: 1 left out: "Season trailer 2025".');
  });

  test('takes a collection of that name before a state, and says so', async () => {
    const made = await world();
    const own = { assets: [INTERVIEW], into: 'Shared', create_collection: true };
    const { confirm } = await made.call('collect_assets', own);
    if (confirm) await made.call('collect_assets', { confirm });
    made.sandbox.reindex();
    const plan = await made.call('set_metadata', {
      collection: 'Spring Campaign',
      values: { Rating: 1 },
      except: ['shared'],
    });
    expect(notesOf(plan)).toContain('except: "shared" → collection "Shared"');
  });

  test('of shares says where only some may be seen, and archives nothing of what is shared', async () => {
    const made = await world();
    const assets = [INTERVIEW, MATCH, 'Season trailer 2025'];
    const plan = await made.call('archive_assets', { assets, to: 'Deep archive', except: ['shared now'] });
    expect(plan.affected).toEqual([expect.stringContaining(MATCH)]);
    expect(notesOf(plan)).toContain('Shared right now: none.');
    made.sandbox.deny('can_manage_all_shares');
    const own = await made.call('archive_assets', { assets, to: 'Deep archive', except: ['shared now'] });
    expect(notesOf(own)).toContain('of the shares that you may see');
  });

  test('comes before first', async () => {
    const made = await world();
    const found = await made.call('find_assets', { media_type: ['video'], sort: 'longest', limit: 4 });
    const [one, two, three] = found.hits.map((line: string) => /"([^"]+)"/.exec(line)?.[1]);
    const plan = await made.call('collect_assets', {
      selection: found.selection,
      first: 2,
      except: [two],
      into: 'Longest',
      create_collection: true,
    });
    expect(plan.affected).toHaveLength(2);
    expect(plan.affected[0]).toContain(one);
    expect(plan.affected[1]).toContain(three);
  });

  test('says what was not among them, and refuses what is unknown or left out wholly', async () => {
    const made = await world();
    const drones = { collection: 'Drone 2025' };
    const plan = await made.call('set_metadata', { ...drones, except: [INTERVIEW], values: { Rating: 1 } });
    expect(notesOf(plan)).toContain(`except: not among them: "${INTERVIEW}".`);
    expect(await made.refused('set_metadata', { ...drones, except: ['Nosuch'], values: { Rating: 1 } })).toContain(
      'No asset is called "Nosuch"',
    );
    expect(await made.refused('set_metadata', { ...drones, except: ['Nosuch'], values: { Rating: 1 } })).toMatch(
      /except also takes a collection, or "shared", "approved"/,
    );
    expect(await made.refused('set_metadata', { except: [INTERVIEW], values: { Rating: 1 } })).toContain(
      'Name the assets in exactly one way',
    );
    const none = await made.call('set_metadata', { ...drones, except: ['Drone 2025'], values: { Rating: 1 } });
    expect(none.changed ?? 0).toBe(0);
  });
});

/** Cuts a sub-clip from each of some assets, and puts a share on each. */
const used = (count: number) => (sandbox: World['sandbox']) => {
  for (const { id } of videosOf(sandbox, count)) {
    sandbox.store.assets.insert({
      id: sandbox.store.newId(),
      title: `Cut of ${id}`,
      type: 'SUBCLIP',
      status: 'ACTIVE',
      original_asset_id: id,
    });
  }
};
const videosOf = ({ store }: World['sandbox'], count: number): Answer[] =>
  store.assets
    .list(
      ({ type, status, archive_status }) =>
        type === 'ASSET' && status === 'ACTIVE' && archive_status === 'NOT_ARCHIVED',
    )
    .slice(0, count);

describe('a plan that archives', () => {
  const to = 'Deep archive';

  test('names whose sub-clips lose their originals, and how to leave them out', async () => {
    const made = await world();
    const assets = [INTERVIEW, MATCH, 'Season trailer 2025'];
    const plan = await made.call('archive_assets', { assets, to });
    expect(plan.notes).toContain('1 sub-clip made of them loses its original, too.');
    expect(plan.notes).toContain(`Sub-clips are cut from: "${MATCH}" 1.`);
    expect(notesOf(plan)).toContain(`Shared right now: 2: "${INTERVIEW}", "Season trailer 2025".`);
    expect(notesOf(plan)).toContain('To leave assets out, call again with except');
    const rest = await made.call('archive_assets', { assets, to, except: [INTERVIEW, 'Season trailer 2025'] });
    expect(rest.affected).toHaveLength(1);
    expect(notesOf(rest)).toContain('Shared right now: none.');
  });

  test('has a handle of those that it does not name, which leaves out all of them', async () => {
    const made = await world({ fill: used(9) });
    const assets = videosOf(made.sandbox, 12).map(({ id }) => id);
    const plan = await made.call('archive_assets', { assets, to });
    const [, cut = ''] = /Sub-clips are cut from: .* and \d+ more \((sel_\w{6})\)\./.exec(notesOf(plan)) ?? [];
    const rest = await made.call('archive_assets', { assets, to, except: [cut] });
    expect(rest.notes).toContain('Sub-clips made of them: none.');
    // A plan that is made again reads the same.
    expect((await made.call('archive_assets', { assets, to })).notes).toEqual(plan.notes);
    expect(await made.call('archive_assets', { confirm: plan.confirm })).toMatchObject({ status: 'done' });
  });
});

describe('a plan that deletes', () => {
  test('names whose sub-clips stay behind, and what is shared', async () => {
    const made = await world({ fill: used(9) });
    const assets = [...new Set([...videosOf(made.sandbox, 12).map(({ id }) => id), ids.interview])];
    const plan = await made.call('delete_assets', { assets });
    const notes = notesOf(plan);
    const [, cut = ''] = /Sub-clips are cut from: .* and \d+ more \((sel_\w{6})\)\./.exec(notes) ?? [];
    expect(notes).toMatch(new RegExp(`^Shared: .*"${INTERVIEW}"`, 'm'));
    const rest = await made.call('delete_assets', { assets, except: [cut, INTERVIEW] });
    expect(notesOf(rest)).not.toContain('cut from these');
    expect(rest.affected.join('\n')).not.toContain(INTERVIEW);
  });
});
