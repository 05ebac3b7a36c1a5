/** Marker colours of DaVinci Resolve with their approximate red, green and blue. */
const RESOLVE = {
  Blue: [0, 127, 227],
  Cyan: [0, 206, 208],
  Green: [0, 173, 0],
  Yellow: [240, 157, 0],
  Red: [225, 36, 1],
  Pink: [255, 68, 200],
  Purple: [144, 19, 254],
  Fuchsia: [192, 46, 111],
  Rose: [255, 161, 185],
  Lavender: [161, 147, 200],
  Sky: [146, 226, 253],
  Mint: [114, 219, 0],
  Lemon: [220, 233, 90],
  Sand: [196, 145, 94],
  Cocoa: [110, 81, 67],
  Cream: [245, 235, 225],
} as const;

export type ResolveColor = keyof typeof RESOLVE;

const ALIASES: Readonly<Record<string, ResolveColor>> = {
  orange: 'Sand',
  brown: 'Cocoa',
  white: 'Cream',
  magenta: 'Fuchsia',
  violet: 'Purple',
  turquoise: 'Cyan',
  lime: 'Mint',
};

/** The names of colours that `resolveColor` knows, in small letters. */
export const COLOR_NAMES: readonly string[] = [...Object.keys(RESOLVE), ...Object.keys(ALIASES)].map((name) =>
  name.toLowerCase(),
);

/** A colour as it is stored: a known name in small letters, or `#rrggbb`; undefined for any other text. */
export function colorOf(text: string): string | undefined {
  const color = text.trim().toLowerCase();
  return COLOR_NAMES.includes(color) || /^#[0-9a-f]{6}$/.test(color) ? color : undefined;
}

/** The Resolve colour for a name or `#rrggbb`: the nearest one, or Blue if the text is not a colour. */
export function resolveColor(color: string | undefined): ResolveColor {
  const wanted = color?.trim().toLowerCase() ?? '';
  const names = Object.keys(RESOLVE) as ResolveColor[];
  const named = names.find((name) => name.toLowerCase() === wanted);
  if (named) return named;
  if (Object.hasOwn(ALIASES, wanted)) return ALIASES[wanted] as ResolveColor;
  const [, red, green, blue] = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(wanted) ?? [];
  if (!red || !green || !blue) return 'Blue';
  const rgb = [red, green, blue].map((part) => Number.parseInt(part, 16));
  const far = (name: ResolveColor): number =>
    RESOLVE[name].reduce<number>((sum, value, index) => sum + (value - (rgb[index] ?? 0)) ** 2, 0);
  return names.reduce((best, name) => (far(name) < far(best) ? name : best));
}
