import { type Caller, callTool, type Pipeline } from './call.ts';

const MOST = 10;

/** Titles that begin like this, for a host that completes while a person types; an asset's id where an id is asked for. */
export async function complete(
  pipeline: Pipeline,
  argument: { readonly name: string; readonly value: string },
  caller: Caller,
): Promise<string[]> {
  const typed = argument.value.trim();
  if (!['asset', 'collection', 'id'].includes(argument.name) || typed.length < 2) return [];
  const args = { words: `${typed}*`, limit: MOST, kind: argument.name === 'collection' ? 'collections' : 'assets' };
  const { structured } = await callTool(pipeline, 'find_assets', args, caller);
  const hits = Array.isArray(structured?.hits) ? structured.hits.map(String) : [];
  const found = hits.map((hit) => (argument.name === 'id' ? hit.split(' · ').at(-1) : /^"(.*?)" · /.exec(hit)?.[1]));
  return [...new Set(found.filter((one) => one !== undefined))];
}
