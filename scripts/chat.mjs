// A conversation with gallery, player and plan in the browser, for people without any host: `npm run demo:chat`.
// With `--no-open` it only prints the address.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApps } from './apps/start.mjs';

const html = readFileSync(join(import.meta.dirname, 'demo/chat/page.html'), 'utf8');
const { url } = await startApps([], { script: 'scripts/demo/chat/page.mjs', html });
console.log(`The conversation is at ${url} until you stop it (Ctrl-C).`);
if (!process.argv.includes('--no-open')) open();

/** In the browser of the system. Where there is none, the address is printed. */
function open() {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', '""'] }[process.platform] ?? [
    'xdg-open',
  ];
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
