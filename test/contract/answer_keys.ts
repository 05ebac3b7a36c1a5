import * as z from 'zod';
import { type Routed, vendorRoute } from './arguments.ts';
import type { FactField, Facts } from './facts.ts';

type Node = { readonly [key: string]: unknown };

/** A place in an answer as each description has it. */
type Place = readonly { readonly facts: Facts; readonly field: FactField }[];

/** Schemas that say more of a place in an answer than the answer's own, by path. */
export type Beside = Readonly<Record<string, readonly string[]>>;

/**
 * The keys that an operation's answer names and no description knows, down to its leaves: `objects[].proxies[].name`.
 * What the vendor leaves open, an object without fields, ends the walk there: all keys below are strangers.
 */
export function unknownKeys(descriptions: readonly Facts[], tool: Routed, beside: Beside = {}): string[] {
  const answer = descriptions.flatMap((facts) => {
    const field = facts.answer(vendorRoute(facts, tool));
    return field ? [{ facts, field }] : [];
  });
  const schema = z.toJSONSchema(tool.output, { io: 'output', unrepresentable: 'any' }) as Node;

  function strangers(path: string, ours: Node, described: Place): string[] {
    const place = [...described, ...(beside[path] ?? []).flatMap((name) => schemaIn(descriptions, name))];
    const inList = ours.items as Node | undefined;
    const values = typeof ours.additionalProperties === 'object' ? (ours.additionalProperties as Node) : undefined;
    return [
      ...((ours.anyOf ?? []) as Node[]).flatMap((one) => strangers(path, one, described)),
      ...Object.entries((ours.properties ?? {}) as Record<string, Node>).flatMap(([name, inner]) => {
        const at = path ? `${path}.${name}` : name;
        const known = below(place, (facts, field) => facts.fieldsOf(field)[name] ?? field.values);
        return known.length > 0 ? strangers(at, inner, known) : [at];
      }),
      ...(inList
        ? strangers(
            `${path}[]`,
            inList,
            below(place, (_, { items }) => items),
          )
        : []),
      ...(values
        ? strangers(
            `${path}{}`,
            values,
            below(place, (_, field) => field.values),
          )
        : []),
    ];
  }

  return strangers('', schema, answer);
}

const schemaIn = (descriptions: readonly Facts[], name: string): Place =>
  descriptions.filter((facts) => facts.schemas.includes(name)).map((facts) => ({ facts, field: facts.schema(name) }));

/** The part of each description's place that `part` takes; a description without it is left out. */
const below = (place: Place, part: (facts: Facts, field: FactField) => FactField | undefined): Place =>
  place.flatMap(({ facts, field }) => {
    const inner = part(facts, field);
    return inner ? [{ facts, field: facts.resolve(inner) }] : [];
  });
