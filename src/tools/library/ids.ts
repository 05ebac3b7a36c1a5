import { unquoted } from '../../text/trim.ts';
import type { Context } from '../types.ts';
import { objectAt } from './names.ts';

/** The noun of what an argument takes ids of: `file set` for `file_set_id` and `file_set_ids`. */
export const nounOf = (argument: string): string => argument.replace(/_ids?$/, '').replaceAll('_', ' ');

export const withArticle = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);

/** Characters of an id, or of the address of its page, with what was pasted around it. */
const MAX_PASTED = 2_000;

/** The id in what was pasted for it: without quotes, or out of the web address of such an object. */
export function idMeant(argument: string, given: string): string {
  if (given.length > MAX_PASTED) return given;
  const word = unquoted(given);
  const object = objectAt(word);
  return object?.noun === nounOf(argument) ? object.id : word;
}

/** What is wrong with a text that is no id, and which tool has ids. */
export function faultOfId(argument: string, given: string, offers: Context['offers']): string {
  const noun = nounOf(argument);
  const object = given.length > MAX_PASTED ? undefined : objectAt(given);
  const wanted = `the id of ${withArticle(noun)}`;
  const fault = object
    ? `is the address of ${withArticle(object.noun)}, and ${wanted} is needed here.`
    : `is not ${wanted}: that is a UUID such as a55e7001-5b1c-11ef-9c3a-0a580a3db916.`;
  return `${fault} ${sourceOfIds(noun, offers)}`.trim();
}

/** Tools that answer ids, the best one first. */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  asset: ['find_assets', 'search'],
  object: ['find_assets', 'search'],
  collection: ['search'],
  segment: ['search'],
  version: ['get_asset'],
  job: ['check_jobs'],
  share: ['list_shares', 'list_object_shares'],
  storage: ['get_storages'],
  file: ['get_asset_files'],
  'file set': ['get_asset_filesets'],
  format: ['get_asset_formats'],
  proxy: ['get_asset_proxies'],
  playlist: ['list_playlists'],
  action: ['list_custom_actions'],
  person: ['list_persons', 'find_people'],
  webhook: ['list_webhooks'],
  'saved search': ['list_saved_searches', 'list_searches'],
};

/** `Ids of assets: find_assets.` Empty where no tool that the host sees has them. */
export function sourceOfIds(noun: string, offers: Context['offers']): string {
  const source = [...(SOURCES[noun] ?? []), 'find_operations'].find(offers);
  if (!source) return '';
  const nouns = noun === 'proxy' ? 'proxies' : noun.endsWith('search') ? `${noun}es` : `${noun}s`;
  return source === 'find_operations'
    ? `find_operations finds what lists ${nouns}.`
    : `${source} answers ids of ${nouns}.`;
}
