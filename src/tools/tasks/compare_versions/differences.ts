import { countFittingLines, shortenToTokens } from '../../../text/tokens.ts';
import type { Version } from '../../operations/version_list.ts';
import type { VersionFacts } from './facts.ts';

/** Tokens of one fact or value, and of all metadata lines. */
const MAX_FACT_TOKENS = 150;
const MAX_METADATA_TOKENS = 3_000;

const shortened = (fact = 'unknown'): string => shortenToTokens(fact, MAX_FACT_TOKENS);

/** Lines such as `codec: v2 ProRes → v3 HEVC`, and the names of the facts that are the same. */
export function factDifferences(
  [older, newer]: readonly [Version, Version],
  [before, after]: readonly [VersionFacts, VersionFacts],
): { readonly differ: readonly string[]; readonly same: readonly string[] } {
  const [a, b] = [before.facts, after.facts];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const differ = names.filter((name) => a[name] !== b[name]);
  return {
    differ: differ.map((name) => `${name}: ${older.name} ${shortened(a[name])} → ${newer.name} ${shortened(b[name])}`),
    same: names.filter((name) => a[name] === b[name]),
  };
}

/** Lines such as `Clearance (Rights): v2 Pending → v3 Cleared`; undefined if the metadata of a version are unknown. */
export function metadataDifferences(
  [older, newer]: readonly [Version, Version],
  [before, after]: readonly [VersionFacts, VersionFacts],
): string[] | undefined {
  if (!before.filled || !after.filled) return undefined;
  const fields = new Map([...before.filled, ...after.filled].map(({ field }) => [field.name, field]));
  const valuesOf = ({ filled }: VersionFacts, name: string) =>
    filled?.find(({ field }) => field.name === name)?.values.join(', ') ?? 'empty';
  const lines = [...fields].flatMap(([name, { label, view }]) => {
    const [a, b] = [valuesOf(before, name), valuesOf(after, name)];
    return a === b ? [] : [`${label} (${view}): ${older.name} ${shortened(a)} → ${newer.name} ${shortened(b)}`];
  });
  const shown = lines.slice(0, countFittingLines(lines, 0, MAX_METADATA_TOKENS));
  const remaining = lines.length - shown.length;
  return remaining > 0 ? [...shown, `and ${remaining} more fields differ`] : shown;
}
