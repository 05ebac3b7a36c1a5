import { readFile } from 'node:fs/promises';
import type { PageName } from '../tools/page_data.ts';

/** Put in by the build and by the tests: the folder of the built pages, seen from this file. */
declare const __PAGES_FOLDER__: string;

const FOLDER = new URL(__PAGES_FOLDER__, import.meta.url);

/** The HTML of a page as it was built. */
export const pageHtml = (name: PageName): Promise<string> => readFile(new URL(`${name}.html`, FOLDER), 'utf8');
