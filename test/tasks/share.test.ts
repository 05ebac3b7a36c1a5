import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { checkSharing } from '../../src/tools/share_domains.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

// A Thursday.
useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const ANNA = 'anna@client.example';
const trailer = { asset: 'Season trailer 2025', emails: [ANNA], until: 'Friday', may: ['comment'] };
const spring = { collection: 'Spring Campaign', emails: [ANNA], until: 'in 3 days' };

const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const sharesIn = ({ sandbox }: World): Answer[] => sandbox.store.shares.list();

async function done(made: World, args: Record<string, unknown>): Promise<Answer> {
  const plan = await made.call('share', args);
  expect(plan.status).toBe('preview');
  return made.call('share', { confirm: plan.confirm });
}

describe('a share by e-mail', () => {
  test('is planned with its object, its guests, each permission and its end, and nothing is sent', async () => {
    const made = await world();
    const plan = await made.call('share', { ...trailer, time_zone: 'America/New_York' });
    expect(plan.summary).toBe(
      `Mails 1 person a link to the asset "Season trailer 2025" (${ids.trailer}): may look, comment; not tick comments off, ` +
        'approve, download proxies, download originals, upload, see older versions, see transcripts, see existing comments; ' +
        'no watermark; no DRM; no password; until Fri 2026-11-27 23:59 America/New_York (UTC-05:00).',
    );
    expect(plan.affected).toEqual([`${ANNA}: external`]);
    expect(plan.notes[0]).toContain('= Sat 2026-11-28 04:59 UTC');
    expect(writes(made)).toEqual([]);
  });

  test('is made as planned, and its link stays out of the answer', async () => {
    const made = await world();
    const answer = await done(made, { ...trailer, protect: ['watermark_burnt_in', 'drm'], message: 'Have a look' });
    expect(answer).toMatchObject({ status: 'done', mailed: 1, until: 'until Fri 2026-11-27 23:59 UTC' });
    expect(answer.revoke).toContain(answer.share_id);
    expect(made.sandbox.store.shares.get(answer.share_id)).toMatchObject({
      object_id: ids.trailer,
      allow_comments: true,
      allow_download: false,
      allow_download_proxy: false,
      show_existing_comments: false,
      watermark: 'standard',
      drm: 'standard',
      expires: '2026-11-27T23:59:59.000Z',
      users: [{ email: ANNA }],
    });
    expect(JSON.stringify(answer)).not.toContain('icnk.io');
  });

  test('says what is in a collection, who is internal, and what is shared already', async () => {
    const made = await world();
    const user = made.sandbox.store.users.list(({ id }) => id === ids.me)[0] as Answer;
    const plan = await made.call('share', { ...spring, emails: [ANNA, user.email] });
    expect(plan.summary).toMatch(/with \d+ assets/);
    expect(plan.affected[1]).toContain('internal');
    const notes = plan.notes.join('\n');
    expect(notes).toMatch(/Not approved \(MIXED\): 1 of \d+: "Spring teaser, landscape, 30 seconds"/);
    expect(notes).toMatch(/Never asked for approval: \d+/);
    expect(notes).toContain(`Shared already (${ids.collectionShare}): ${ANNA} (external, no visit)`);
    expect(notes).toContain('They can look longer through it than through the new one');
    const later = (await made.call('share', { collection: spring.collection, emails: spring.emails })).notes.join('\n');
    expect(later).toContain('It stays open, on its own terms: revoke_shares ends it.');
    expect(later).not.toContain('longer');
  });

  test('says first who of these has a share already, also of a collection above: what they may, and until when', async () => {
    const made = await world();
    const others = Array.from({ length: 12 }, (_, index) => ({
      ...made.sandbox.store.shares.get(ids.collectionShare),
      id: `5a5e${String(index).padStart(4, '0')}-5b1c-11ef-9c3a-0a580a3db916`,
      users: [{ email: `guest${index}@other.example` }],
    }));
    for (const one of others) made.sandbox.store.shares.insert(one as Answer);
    const inCollection = { ...spring, emails: [ANNA.toUpperCase()] };
    const [first] = (await made.call('share', inCollection)).notes.filter((one: string) =>
      one.startsWith('Shared already'),
    );
    expect(first).toMatch(
      new RegExp(
        `^Shared already \\(${ids.collectionShare}\\): ${ANNA} \\(external, no visit\\); may look, comment.*; until `,
      ),
    );
    const inAsset = { asset: 'Spring teaser, landscape, 30 seconds', emails: [ANNA] };
    const { notes } = await made.call('share', inAsset);
    expect(notes.join('\n')).toMatch(
      new RegExp(
        `^Shared already with the collection "Spring Campaign" \\(${ids.collectionShare}\\): ${ANNA}.*; may look`,
        'm',
      ),
    );
    const { notes: toJane } = await made.call('share', { ...inAsset, emails: ['jane@agency.example'] });
    expect(toJane.join('\n')).not.toContain('Spring Campaign" (');
  });

  test('is planned where the shares of a collection above cannot be read, and says so', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (request.url.includes(`/collections/${ids.springCampaign}/shares/`))
          return Response.json({ errors: ['Forbidden'] }, { status: 403 });
        return sandbox.fetch(request);
      },
    });
    const { notes } = await made.call('share', { asset: 'Spring teaser, landscape, 30 seconds', emails: [ANNA] });
    expect(notes.join('\n')).toContain('Shares of collections above it could not all be read');
  });

  test('says what the rights of what leaves say, by the fields of the library', async () => {
    const made = await world();
    const refused = (await made.call('share', { ...trailer, asset: 'Spring still, fish market' })).notes.join('\n');
    expect(refused).toContain('Rights, Clearance (of 1): "Refused" 1: "Spring still, fish market".');
    expect(refused).toContain('Rights, Rights expiry (of 1): ');
    const { store } = made.sandbox;
    store.values.update(`assets/${ids.trailer}`, {
      metadata_values: {
        rights_clearance: { field_values: [{ value: 'cleared' }] },
        rights_expiry_date: { field_values: [{ value: '2026-12-10' }] },
      },
    });
    made.sandbox.reindex();
    const expiry = async (until: string | undefined): Promise<string> =>
      (await made.call('share', { ...trailer, until })).notes.join('\n');
    expect(await expiry('2026-12-10')).toContain(
      'Rights, Rights expiry (of 1): ends later 1, the first on 2026-12-10.',
    );
    expect(await expiry('2026-12-10')).toContain('Rights, Clearance (of 1): "Cleared" 1.');
    expect(await expiry('2026-12-11')).toContain('ends while others have it 1: "Season trailer 2025"');
    const many = (await made.call('share', { ...trailer, asset: undefined, collection: 'Film archive' })).notes;
    expect(many.join('\n')).toMatch(/Rights, Clearance \(of \d\): .*"Restricted" \d: "/);
  });

  test('says where no field for rights is known, or none can be read', async () => {
    const made = await world();
    const { store } = made.sandbox;
    for (const { id, view_fields } of store.views.list() as Answer[])
      store.views.update(id, {
        view_fields: view_fields.filter(({ name }: Answer) => !/^rights_/.test(name)),
      });
    const { notes } = await made.call('share', trailer);
    expect(notes.join('\n')).toContain('Rights: no field for rights is known here');
  });

  test('is not made twice for the same guest and terms; another guest gets one', async () => {
    const made = await world();
    const { share_id } = await done(made, trailer);
    const before = sharesIn(made).length;
    expect(await made.call('share', trailer)).toMatchObject({ status: 'done', share_id, mailed: 0 });
    expect(sharesIn(made)).toHaveLength(before);
    const plan = await made.call('share', { ...trailer, emails: [ANNA, 'bo@client.example'] });
    expect(plan.affected).toEqual(['bo@client.example: external']);
    expect(plan.notes.join()).toContain('not made again');
  });

  test('names its object as it is called', async () => {
    const made = await world();
    made.sandbox.store.assets.update(ids.trailer, { title: 'Missing persons' });
    const plan = await made.call('share', { ...trailer, asset: ids.trailer, emails: [ANNA, 'bo@client.example'] });
    expect(plan.summary).toMatch(/^Mails 2 people a link to the asset "Missing persons"/);
  });

  test('is another share where the protection differs', async () => {
    const made = await world();
    await done(made, { ...trailer, protect: ['watermark'] });
    for (const protect of [['watermark_burnt_in'], ['watermark', 'drm']])
      expect(await made.call('share', { ...trailer, protect })).toMatchObject({ status: 'preview' });
  });

  test('says where another version than the current one was approved', async () => {
    const made = await world();
    made.sandbox.store.approvals.update(`assets/${ids.trailer}`, { version_id: ids.interviewVersions[0] });
    made.sandbox.settle();
    const { notes } = await made.call('share', trailer);
    expect(notes.join()).toContain('Approved in another version than the current one: 1 of 1');
  });

  test('keeps its password to itself', async () => {
    const made = await world();
    const args = { ...trailer, password: 'tide-table' };
    const plan = await made.call('share', args);
    expect(plan.summary).toContain('; password; until');
    const answer = await made.call('share', { confirm: plan.confirm });
    expect(JSON.stringify([plan, answer, made.log])).not.toContain('tide-table');
    expect(made.sandbox.store.shares.get(answer.share_id)?.has_password).toBe(true);
  });

  test.each([
    ['a day on another weekday', { until: 'Monday 6 December' }, /until: .*that day is a Sunday/],
    ['an end that has passed', { until: '2026-11-20' }, /has passed/],
    ['an end that cannot be read', { until: 'some day' }, /until: .*Accepted: Friday/],
    ['an unknown zone', { time_zone: 'Lisbon' }, /not a time zone/],
    ['a name in place of an address', { emails: ['Marta'] }, /no e-mail address, such as .*People outside/],
    ['neither guests nor link', { emails: undefined }, /give the e-mail addresses/],
    ['an asset in the bin', { asset: ids.deleted }, /recycle bin/],
  ])('is refused for %s', async (_, change, words) => {
    const made = await world();
    expect(await made.refused('share', { ...trailer, ...change })).toMatch(words);
    expect(writes(made)).toEqual([]);
  });
});

describe('a share by link', () => {
  const link = { asset: 'Season trailer 2025', link: true, until: 'tomorrow' };

  test('answers its link once it is confirmed, and the same link when asked again', async () => {
    const made = await world();
    const plan = await made.call('share', link);
    expect(plan.summary).toContain('to anyone who has the link');
    expect(JSON.stringify(plan)).not.toContain('icnk.io');
    const answer = await made.call('share', { confirm: plan.confirm });
    expect(answer.link).toMatch(/^https:\/\/icnk\.io\/u\/\w{8}\/$/);
    const again = await made.call('share', link);
    expect(again).toMatchObject({ status: 'done', share_id: answer.share_id, link: answer.link });
  });
});

describe('with --share-domains', () => {
  const only = { shareDomains: ['client.example'] };

  test('an address outside of the list is refused by name, and nothing is sent', async () => {
    const made = await world({ ...only, toolsets: ['tasks'] });
    const text = await made.refused('share', { ...trailer, emails: [ANNA, 'eve@client.example.evil.test'] });
    expect(text).toMatch(/^.*eve@client\.example\.evil\.test: not allowed/);
    expect(text).not.toContain(ANNA);
    expect(await made.refused('share', { asset: trailer.asset, link: true })).toContain(
      'link for anyone is not allowed',
    );
    expect(writes(made)).toEqual([]);
  });

  test('nor does an operation or the catalogue get around it', async () => {
    const made = await world({ ...only, toolsets: ['shares', 'approvals', 'catalogue'] });
    const object = { object_type: 'assets', object_id: ids.trailer };
    const terms = {
      allow_comments: true,
      allow_approving_comments: false,
      allow_setting_approve_status: false,
      allow_download: false,
    };
    for (const [tool, args] of [
      ['create_share', { ...object, ...terms, emails: ['eve@evil.test'] }],
      ['create_share_url', { ...object, ...terms }],
      [
        'change_operation',
        { operation: 'POST /assets/v1/{object_type}/{object_id}/shares/url/', path: object, body: terms },
      ],
      [
        'change_operation',
        {
          operation: 'POST /assets/v1/{object_type}/{object_id}/approvals/request/',
          path: object,
          body: { externals: ['eve@evil.test'] },
        },
      ],
    ] as const) {
      const { confirm } = await made.call(tool, args);
      expect(await made.refused(tool, { confirm }), tool).toContain('--share-domains');
    }
    expect(writes(made)).toEqual([]);
  });

  test('nor does an entry of the list of allowed addresses', () => {
    const route = 'POST /assets/v1/shares/allowlist/entries/';
    const allow = (value: string) => () => checkSharing(route, { value }, only.shareDomains);
    expect(allow('eve@evil.test')).toThrow('eve@evil.test: not allowed');
    expect(allow('evil.test')).toThrow('evil.test: not allowed');
    expect(allow(ANNA)).not.toThrow();
  });

  test('a guest of the list gets in', async () => {
    const made = await world(only);
    expect(await done(made, trailer)).toMatchObject({ mailed: 1 });
  });
});

describe('the list of domains', () => {
  const read = (value: string) => readConfig(['--sandbox', '--share-domains', value], {}, []);

  test('is read as domains, and refused where it is empty or holds an address', () => {
    expect(read('Client.com, league.example')).toMatchObject({ shareDomains: ['client.com', 'league.example'] });
    expect(readConfig(['--sandbox'], {}, [])).toMatchObject({ shareDomains: [] });
    expect(() => read(' , ')).toThrow('--share-domains is empty');
    expect(() => read('anna@client.com')).toThrow('is not a domain such as client.com');
  });
});
