import type { Context } from '../../types.ts';

/** What people look for among the fields, and which argument or tool has it. */
const ELSEWHERE: readonly (readonly [about: RegExp, tool: string, how: string])[] = [
  [/^(people|person|faces?|cast)$/i, 'find_assets', 'people is an argument of find_assets'],
  [
    /^(archived?|archive status|online|offline|approv\w+|media type|collections?)$/i,
    'find_assets',
    'find_assets has arguments for it: archived, online, approval, media_type, collection',
  ],
  [/\b(comments?|notes?|remarks?)\b/i, 'read_notes', 'read_notes reads comments, of one person with by'],
  [/\b(markers?|logged|log|tags?)\b/i, 'find_assets', 'comment of find_assets finds words in markers'],
];

/** Where to ask for what is no field: a sentence, or nothing. */
export function elsewhere({ offers }: Context, label: string): string {
  const words = label.trim().replaceAll('_', ' ');
  const [, , how] = ELSEWHERE.find(([about, tool]) => about.test(words) && offers(tool)) ?? [];
  const program = offers('run_query')
    ? 'What no argument asks, such as whether there are markers or proxies, a program of run_query reads per asset'
    : offers('find_operations')
      ? 'What no argument asks, find_operations finds the operation for'
      : '';
  const ways = [how, program].filter(Boolean);
  return ways.length > 0 ? ` ${ways.join('. ')}.` : '';
}
