import type { Catalogue, Row } from '../../catalogue/types.ts';
import type { Parts } from '../../client/route.ts';

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);
const isName = (part: string | undefined): boolean => part?.startsWith('{') === true;

const known = new WeakMap<Catalogue, readonly (readonly string[])[]>();

/** The paths of all operations, in parts. */
function patternsOf(catalogue: Catalogue): readonly (readonly string[])[] {
  const patterns = known.get(catalogue) ?? [...new Set(catalogue.rows.map(({ path }) => path))].map(partsOf);
  known.set(catalogue, patterns);
  return patterns;
}

/**
 * Whether a filled path leads to this operation and can be read as no other: `PUT /metadata/v1/{object_type}/{object_id}/`
 * with `fields` for the type would edit a field. Nobody outside knows in which order Iconik tries its paths, so an argument
 * that is a word of another path is refused in any case.
 */
export const pathGuard =
  (catalogue: Catalogue, row: Row): Parts['leadsThere'] =>
  (method, filled) => {
    if (catalogue.resolve(method, filled)?.operation !== row.operation) return false;
    const own = partsOf(row.path);
    const [, ...parts] = partsOf(filled.toLowerCase());
    return !patternsOf(catalogue).some((other) => {
      const fits = other.length === parts.length && other.every((part, at) => isName(part) || part === parts[at]);
      return fits && other.some((part, at) => !isName(part) && isName(own[at]));
    });
  };
