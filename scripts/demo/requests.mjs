import { same, step, until } from './host.mjs';

const INTERVIEW = 'Interview Jordan Reyes, Lisbon';

/** What people ask in one sentence: titles, labels and timecodes, no ids and no milliseconds. */
export async function requests(host) {
  const selection = await findInterviews(host);
  await setRightsExpiry(host, selection);
  await markMentions(host);
  await showFrame(host);
  await exportForResolve(host);
}

/** Returns the selection, a handle that later calls accept in place of the seven assets. */
const findInterviews = ({ call }) =>
  step('"Which interviews with Jordan Reyes from 2025 are not archived?"', async (print) => {
    const found = await call('find_assets', {
      people: ['Jordan Reyes'],
      where: { 'Content type': 'Interview', 'Shoot date': '2025' },
      archived: false,
      show: ['Rights expiry'],
    });
    same('there are several', found.total > 3, true);
    print(`find_assets: ${found.total} found, and ${found.selection} stands for all of them`);
    print(...firstOf(found.hits.map(withoutId), 4));
    return found.selection;
  });

const setRightsExpiry = ({ call }, selection) =>
  step('"Set their rights expiry to 1 January 2027."', async (print) => {
    const change = { selection, values: { 'Rights expiry': '2027-01-01' } };
    const plan = await call('set_metadata', change);
    same('a plan comes first', plan.status, 'preview');
    print(`set_metadata, plan: ${plan.summary}`);
    print(...firstOf(plan.affected, 3));
    const done = await call('set_metadata', { ...change, confirm: plan.confirm });
    // read_metadata reads several assets from the search index, which lags behind a write.
    const isThere = ({ rows }) => rows.every((row) => row.includes('2027-01-01'));
    const read = await until(() => call('read_metadata', { selection, labels: ['Rights expiry'] }), isThere);
    same('all of them have it', isThere(read), true);
    print(`set_metadata, confirmed: ${done.changed} changed, and read back`);
  });

const markMentions = ({ call }) =>
  step('"Put a marker at every mention of climate in the Lisbon interview."', async (print) => {
    const spoken = await call('read_transcript', { asset: INTERVIEW, find: 'climate' });
    print(`read_transcript: ${spoken.total} places`);
    print(...firstOf(spoken.found.map(withoutMilliseconds), 2));
    const markers = { asset: INTERVIEW, at_places: spoken.places, text: 'climate' };
    const plan = await call('annotate_asset', markers);
    const done = await call('annotate_asset', { ...markers, confirm: plan.confirm });
    same('a marker on each', done.added, spoken.total);
    const again = await call('annotate_asset', markers);
    same('a repeat adds nothing', [again.added, again.already_there], [0, spoken.total]);
    print(`annotate_asset, confirmed: ${done.added} added; asked again: ${again.already_there} already there`);
  });

const showFrame = ({ raw }) =>
  step('"What does it look like at 10:05:00:00?"', async (print) => {
    const { content } = await raw('view_frame', { asset: INTERVIEW, at: ['10:05:00:00'] });
    const image = content.find(({ type }) => type === 'image');
    same('a picture', image?.mimeType, 'image/jpeg');
    const [size] = content[0].text.match(/\d+x\d+/);
    print(`view_frame: the model gets the picture, ${size}, ${Buffer.from(image.data, 'base64').length} bytes of JPEG`);
  });

const exportForResolve = ({ raw }) =>
  step('"Give me the comments and markers as an EDL for Resolve."', async (print) => {
    const { content } = await raw('export_markers', { asset: INTERVIEW, format: 'edl' });
    const edl = content.find(({ type }) => type === 'resource').resource.text;
    const lines = edl.split(/\r?\n/);
    const events = lines.filter((line) => /^\d{3} /.test(line));
    same('an EDL with events', [lines[0], events.length > 10], [`TITLE: ${INTERVIEW}`, true]);
    print(`export_markers: ${events.length} events`);
    for (const line of lines.slice(0, 5).filter(Boolean)) print(`  ${line.trimEnd()}`);
    print('  …');
  });

function firstOf(lines, count) {
  const shown = lines.slice(0, count).map((line) => `  ${line}`);
  return lines.length > count ? [...shown, `  … and ${lines.length - count} more`] : shown;
}

const withoutMilliseconds = (place) => place.replace(/ \(\d+ ms\)/, '');

/** A hit ends with the asset's id, which people have no use for. */
const withoutId = (hit) => hit.replace(/ · [0-9a-f]{8}-[0-9a-f-]{27}$/, '');
