import type { Row } from '../../../catalogue/types.ts';
import type { Functions } from '../../../programs/messages.ts';
import { statusOf, ToolError } from '../../errors.ts';
import { noneOfAsset, noneOfVersion } from '../../operations/not_found.ts';
import type { Context } from '../../types.ts';
import { chosen, shownAnswer } from '../answer.ts';
import { answerOf, readRow } from '../read_operation.ts';
import { requireCarried, withWritten } from '../request.ts';
import { messageOf } from './failure.ts';
import { find } from './find.ts';
import { type Item, itemOf, type Listing, pagesOf } from './lists.ts';
import { collected, type Reading, remember, stringsIn } from './reading.ts';

/** What a program can call. Each refuses with a sentence for the program. */
export function createFunctions(reading: Reading): Functions {
  const guarded = (work: (args: readonly unknown[]) => Promise<unknown>) => async (args: readonly unknown[]) => {
    try {
      return await work(args);
    } catch (error) {
      throw new Error(messageOf(error, reading.budget));
    }
  };
  return {
    read: guarded(([operation, options]) => read(reading, operationIn(operation), listingIn(options))),
    pages: guarded(([operation, options]) => pages(reading, operationIn(operation), listingIn(options))),
    find: guarded(([options]) => find(reading, objectIn(options, 'find'))),
  };
}

async function read(reading: Reading, operation: string, given: Listing): Promise<unknown> {
  const { budget, catalogue } = reading;
  const row = dataRow(reading, operation);
  const listing = withWritten(row, operation, given);
  const answer = chosen(
    shownAnswer(await answerOf(budget.context, catalogue, row, listing), { urls: false }),
    listing.fields,
  );
  remember(reading, row.operation, answer);
  return answer;
}

async function pages(reading: Reading, operation: string, given: Listing): Promise<unknown[]> {
  const { budget, catalogue } = reading;
  const row = dataRow(reading, operation);
  const listing = withWritten(row, operation, given);
  const found = await collected(
    budget,
    row.operation,
    pagesOf({ context: budget.context, catalogue, row, listing }),
  ).catch((error: unknown) => noneBelow(budget.context, row, listing, error));
  const items = found.map((item) => itemOf(item, listing));
  remember(reading, row.operation, items[0]);
  return items;
}

/** Iconik answers an empty list below an asset with 404. Throws the error where it means another thing. */
async function noneBelow(
  context: Context,
  { path: route }: Row,
  { path = {} }: Listing,
  error: unknown,
): Promise<Item[]> {
  const { asset_id, version_id } = path;
  if (statusOf(error) !== 404 || typeof asset_id !== 'string' || !BELOW_ASSET.test(route)) throw error;
  if (typeof version_id === 'string') await noneOfVersion({ asset_id, version_id }, context);
  else await noneOfAsset({ asset_id }, context);
  return [];
}

/** A list of what an asset or a version has: nothing else that could be missing is named. */
const BELOW_ASSET = /\/assets\/\{asset_id\}\/(versions\/\{version_id\}\/)?[^{}]+$/;

/** An operation whose answer a program may have: it reads, and hands out nothing that opens anything. */
function dataRow({ catalogue }: Reading, operation: string) {
  const row = readRow(catalogue, operation);
  requireCarried(row);
  if (!row.isJson) throw new ToolError(`${row.operation} answers with a text: use read_operation`);
  if (row.capability)
    throw new ToolError(`${row.operation} hands out an address or a token, which a program does not get`);
  return row;
}

function operationIn(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new ToolError('the first argument is the operation as a text, such as "GET /assets/v1/assets/"');
}

function objectIn(value: unknown, name: string): Item {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Item;
  throw new ToolError(`${name} takes an object`);
}

const PARTS = ['path', 'query', 'body', 'fields'];

function listingIn(value: unknown): Listing {
  const { fields, ...given } = objectIn(value, 'the second argument');
  const unknown = Object.keys(given).find((name) => !PARTS.includes(name));
  if (unknown) throw new ToolError(`"${unknown}" is unknown: the second argument takes ${PARTS.join(', ')}`);
  for (const name of PARTS.slice(0, -1)) if (given[name] !== undefined) objectIn(given[name], name);
  return { ...given, fields: stringsIn(fields, 'fields') };
}
