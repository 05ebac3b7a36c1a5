import * as z from 'zod';
import { loadSearch, type Method } from '../../catalogue/index.ts';
import { closestTo } from '../../text/nearest.ts';
import { task } from '../define.ts';
import { ToolError } from '../errors.ts';
import { strings, text } from '../params.ts';
import type { Context } from '../types.ts';
import type { BetterTools } from './better.ts';

const MAX_PATHS = 10;
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What the signs in a line mean, where a line has them. */
const SIGNS = {
  asks: '! asks first',
  effect: '= what it does',
  tool: '→ a tool that does it, better',
} as const;

export const findOperations = (better: BetterTools) =>
  task({
    title: 'Find operations',
    description:
      "Search all of Iconik's API by words, for what no other tool here does: recycle bin, archive, export, shares, playlists, permissions, statistics, administration … Returns paths with their methods. Then describe_operation.",
    effect: 'read',
    roles: [],
    input: {
      words: z.string().trim().min(1).describe('What to do, e.g. "bring back a deleted clip".'),
      service: z.string().optional().describe('Only one: assets, files, metadata, search, jobs, users, acls, stats …'),
    },
    output: { operations: strings, note: text },
    run: async ({ words, service }, context) => {
      const search = await loadSearch();
      const found = search(words, MAX_PATHS, service === undefined ? undefined : known(service, search.services()));
      const signs = new Set<string>();
      const operations = found.map(({ path, methods }) => {
        const each = METHODS.filter((method) => methods.includes(method)).map((method) => {
          const operation = `${method} ${path}`;
          return label(method, search.signOf(operation), offered(better(operation), context), signs);
        });
        return `${each.join(' ')} ${path}`;
      });
      const note = operations.length > 0 ? [...signs].join(', ') : `No operation has words like these. Use others.`;
      return { operations, ...(note && { note: `${note.replace(/\.$/, '')}.` }) };
    },
  });

/** `DELETE!`, `POST=read`, `PATCH→update_asset`. */
function label(method: Method, sign: string, tool: string | undefined, signs: Set<string>): string {
  if (sign.startsWith('=')) signs.add(SIGNS.effect);
  if (sign.endsWith('!')) signs.add(SIGNS.asks);
  if (tool) signs.add(SIGNS.tool);
  return `${method}${sign}${tool ? `→${tool}` : ''}`;
}

export const offered = (tools: readonly string[], { offers }: Context): string | undefined => tools.find(offers);

function known(service: string, services: readonly string[]): string {
  const name = service.trim().toLowerCase();
  if (services.includes(name)) return name;
  const near = closestTo(name, services);
  throw new ToolError(
    `There is no service "${service.slice(0, 40)}".${near ? ` Did you mean ${near}?` : ''} Known: ${services.join(', ')}.`,
  );
}
