// Reads `classes.tsv`: what each operation does, with tags. The words behind the tags stay out.
import { readFileSync } from 'node:fs';

const TAGS = new Set([
  ...['access', 'acts-now', 'ask', 'refuse', 'bulk-by-filter', 'body-optional', 'no-way-back', 'restore', 'reindex'],
  ...['capability', 'signed-urls', 'secrets', 'internal', 'get-writes', 'not-json'],
]);
const isTag = (word) => TAGS.has(word) || /^(flag|deleting-body):[\w=|]+$/.test(word);

/** Route → `effect[; outbound][; tags]`: `create; out; access`. */
export function readClasses(file) {
  const [, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return Object.fromEntries(
    rows.map((row) => {
      const [service, method, path, effect, outbound, note] = row.split('\t');
      const tags = note.split(' - ')[0].split(', ').filter(isTag).sort();
      const parts = [effect, ...(outbound ? [`out ${outbound}`] : []), ...tags];
      return [`${method} /API/${service}${path}`, parts.join('; ')];
    }),
  );
}
