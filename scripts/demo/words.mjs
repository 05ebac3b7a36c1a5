import { same, step, until } from './host.mjs';

/** What people ask in one sentence, in one or two calls each: no ids, no milliseconds. */
export async function inPeoplesWords({ call, raw }) {
  let selection;

  await step('"Which interviews with Jordan Reyes from 2025 are not archived?"', async () => {
    const found = await call('find_assets', {
      people: ['Jordan Reyes'],
      where: { 'Content type': 'Interview', 'Shoot date': '2025' },
      archived: false,
      show: ['Rights expiry'],
    });
    selection = found.selection;
    same('there are some', found.total > 1, true);
    return [
      `${found.total} found, one line each, and ${found.selection} stands for all of them:`,
      ...found.hits.slice(0, 2),
    ];
  });

  await step('"Set their rights expiry to 1 January 2027."', async () => {
    const change = { selection, values: { 'Rights expiry': '2027-01-01' } };
    const plan = await call('set_metadata', change);
    same('first comes a plan', plan.status, 'preview');
    const done = await call('set_metadata', { ...change, confirm: plan.confirm });
    // A table of many is read from the index, which follows a moment later.
    const isThere = ({ rows }) => rows.every((row) => row.includes('2027-01-01'));
    const read = await until(() => call('read_metadata', { selection, labels: ['Rights expiry'] }), isThere);
    same('all of them have it', isThere(read), true);
    return [`plan: ${plan.summary}`, `confirmed: ${done.changed} changed, and read back`];
  });

  await step('"Put a marker wherever he speaks of the climate."', async () => {
    const asset = 'Interview Jordan Reyes, Lisbon';
    const spoken = await call('read_transcript', { asset, find: 'climate' });
    const markers = { asset, at_places: spoken.places, text: 'climate' };
    const plan = await call('annotate_asset', markers);
    await call('annotate_asset', { ...markers, confirm: plan.confirm });
    const again = await call('annotate_asset', markers);
    same('a repeat has nothing to add', again.confirm, undefined);
    return [`${spoken.total} places in the transcript, a marker on each; asked again: nothing to add`];
  });

  await step('"What does it look like at 10:05:00:00?"', async () => {
    const { content } = await raw('view_frame', { asset: 'Interview Jordan Reyes, Lisbon', at: ['10:05:00:00'] });
    const image = content.find(({ type }) => type === 'image');
    same('a picture', image?.mimeType, 'image/jpeg');
    const [line] = content[0].text.split('\n').filter((one) => one.includes('10:0'));
    return [`one ${image.mimeType} of ${Buffer.from(image.data, 'base64').length} bytes; ${line.trim()}`];
  });
}
