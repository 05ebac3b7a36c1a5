import type { Parts } from '../../client/route.ts';
import { plural } from '../../text/english.ts';
import { reasonOf, statusOf } from '../errors.ts';
import { answersLine, askedLine, namesIn, peopleLine, type Request, requestsOf } from '../library/approvals.ts';
import type { Context } from '../types.ts';

const EFFECTS: Readonly<Record<string, string>> = {
  POST: 'A new request takes the place of the one there is, and begins without its answers.',
  PUT: 'users, groups and externals, as given, take the place of those asked so far; what is left out may be emptied.',
  PATCH: 'users, groups and externals, as given, take the place of those asked so far.',
  DELETE: 'It ends the request and the answers to it.',
};

/** What a change of a request for approval does to the one there is: who was asked, since when, and what they answered. */
export async function changeNotes(context: Context, { route, path }: Parts): Promise<string[]> {
  const [, method = ''] =
    /^(\w+) \/assets\/v1\/\{object_type\}\/\{object_id\}\/approvals\/request\/$/.exec(route) ?? [];
  const effect = EFFECTS[method];
  if (effect === undefined || path.object_type !== 'assets') return [];
  const { list, failed } = await requestsOf(context, [{ id: String(path.object_id) }], true);
  const [error] = failed.map((one) => one.error);
  // What is not there is refused by the change itself.
  if (error) return statusOf(error) === 404 ? [] : [`Who was asked so far could not be read: ${reasonOf(error)}.`];
  const [request] = list;
  if (!request || request.status === 'N/A') return [];
  return [await askedNote(context, request), effect];
}

async function askedNote(context: Context, request: Request): Promise<string> {
  const { users = [], externals = [], groups = [], min_number } = request.answer;
  const names = await namesIn(context, [request]);
  const since = askedLine(request, names);
  return [
    `Asked so far${since && ` (${since})`}: ${peopleLine([...users, ...externals, ...groups], names)}`,
    request.status,
    answersLine(request, names) || 'nobody has answered',
    ...(min_number === undefined ? [] : [`enough: ${plural(min_number, 'approval')}.`]),
  ].join('; ');
}
