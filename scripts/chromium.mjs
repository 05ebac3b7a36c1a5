import { existsSync } from 'node:fs';

/** Where Debian and others put the browser in which pages are tested and pictures of them are taken. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser of this machine; undefined where there is none. */
export const executablePath = PLACES.find((path) => existsSync(path));

export const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
