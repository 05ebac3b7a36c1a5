import * as z from 'zod';
import type { PlayerStroke } from '../page_data.ts';

/** Strokes and points of a drawing; a pencil makes many of them. */
const [MAX_STROKES, MAX_POINTS, MAX_TEXT] = [200, 2_000, 500];

const point = z.object({ x: z.number(), y: z.number() }).transform(({ x, y }) => [x, y] as const);
const stroke = z.object({
  type: z.enum(['LINE', 'RECTANGLE', 'ARROW', 'ELLIPSE', 'PENCIL', 'TEXT']),
  points: z.array(point).catch([]),
  color: z
    .string()
    .regex(/^(#[\da-f]{3,8}|[a-z]{1,30})$/i)
    .catch('#ff3b30'),
  opacity: z.number().min(0).max(1).catch(1),
  width: z.number().min(0.1).max(100).catch(3),
  text: z.string().catch(''),
});
const drawing = z.object({ primitives: z.array(z.unknown()) });

/** The strokes of a drawing (`drawing.primitives` of a segment) that can be drawn; anything else is left out. */
export function strokesOf(given: unknown): PlayerStroke[] {
  const { data } = drawing.safeParse(given);
  return (data?.primitives ?? []).slice(0, MAX_STROKES).flatMap((one) => {
    const found = stroke.safeParse(one).data;
    if (!found || found.points.length === 0) return [];
    return [{ ...found, points: found.points.slice(0, MAX_POINTS), text: found.text.slice(0, MAX_TEXT) }];
  });
}
