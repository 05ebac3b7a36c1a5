// Shows the pages of the server (MCP Apps) in any browser: a host in a page, before the built server with the sandbox.
import { shownAt, startApps } from './apps/start.mjs';

const { url } = await startApps();
for (const [tool, args] of [
  ['find_assets', { media_type: ['video'] }],
  ['view_frame', { asset: 'a55e7002-5b1c-11ef-9c3a-0a580a3db916', at: ['10s', '5:00'] }],
  ['collect_assets', { collection: 'Season 2025', into: 'Best of', create_collection: true }],
]) {
  console.log(`${tool}: ${shownAt(url, tool, args)}`);
}
console.log('Append &theme=dark for the dark theme, &revision=2026-07-28 for the newer protocol. Ctrl-C ends this.');
