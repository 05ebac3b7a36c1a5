import type { PlayerMedia, PlayerStroke } from '../../tools/page_data.ts';

const SVG = 'http://www.w3.org/2000/svg';
type Attributes = Readonly<Record<string, string | number>>;

function shape(tag: string, attributes: Attributes, text = ''): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}

/** A drawing on the frame, as a picture with a name. */
export function drawingOf(strokes: readonly PlayerStroke[], media: PlayerMedia | undefined, number = ''): SVGElement {
  const [width, height] = spaceOf(strokes, media);
  const svg = shape('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': `Drawing of ${number ? `comment ${number}` : 'a comment'}: ${strokes.map(nameOf).join(', ')}`,
  });
  svg.append(...strokes.flatMap((stroke) => drawn(stroke, width / 1_000)));
  return svg;
}

const nameOf = ({ type, text }: PlayerStroke): string => (type === 'TEXT' ? text : type.toLowerCase());

/**
 * Width and height that the points are counted in. Iconik's description does not say: the whole as 1, the pixels of the
 * proxy, or those of the usual frame sizes, whatever holds all points first.
 */
function spaceOf(strokes: readonly PlayerStroke[], media: PlayerMedia | undefined): readonly [number, number] {
  const points = strokes.flatMap((stroke) => stroke.points);
  const holds = ([width, height]: readonly [number, number]): boolean =>
    points.every(([x, y]) => x <= width && y <= height);
  const own = media?.width && media.height ? [[media.width, media.height] as const] : [];
  const all = [[1, 1], ...own, [1920, 1080], [3840, 2160]] as const;
  return all.find(holds) ?? [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))];
}

/** `unit` is a thousandth of the width. */
function drawn({ type, points, color, opacity, width, text }: PlayerStroke, unit: number): SVGElement[] {
  const [[x1, y1] = [0, 0]] = points;
  const [x2, y2] = points.at(-1) ?? [x1, y1];
  const look = { stroke: color, 'stroke-opacity': opacity, 'stroke-width': 2 * width * unit, fill: 'none' };
  switch (type) {
    case 'TEXT':
      return [shape('text', { x: x1, y: y1, fill: color, 'fill-opacity': opacity, 'font-size': 48 * unit }, text)];
    case 'RECTANGLE': {
      const [left, top] = [Math.min(x1, x2), Math.min(y1, y2)];
      return [shape('rect', { x: left, y: top, width: Math.abs(x2 - x1), height: Math.abs(y2 - y1), ...look })];
    }
    case 'ELLIPSE': {
      const middle = { cx: (x1 + x2) / 2, cy: (y1 + y2) / 2 };
      return [shape('ellipse', { ...middle, rx: Math.abs(x2 - x1) / 2, ry: Math.abs(y2 - y1) / 2, ...look })];
    }
    case 'ARROW':
      return [
        shape('line', { x1, y1, x2, y2, ...look }),
        shape('polyline', { points: head(x1, y1, x2, y2, 24 * unit), ...look }),
      ];
    default:
      return [shape('polyline', { points: points.map((point) => point.join(',')).join(' '), ...look })];
  }
}

/** The two short lines at the end of an arrow. */
function head(x1: number, y1: number, x2: number, y2: number, length: number): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const side = (turn: number): string =>
    `${x2 - length * Math.cos(angle + turn)},${y2 - length * Math.sin(angle + turn)}`;
  return `${side(0.5)} ${x2},${y2} ${side(-0.5)}`;
}
