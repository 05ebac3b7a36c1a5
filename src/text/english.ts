/** `1 asset`, `3 assets`. `noun` is a singular whose plural ends in -s. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The first items of a list, and how many more there are: `A, B and 3 more`. Only those that are shown are written. */
export const firstOf = <T>(items: readonly T[], max: number, write: (item: T) => string = String): string =>
  `${items.slice(0, max).map(write).join(', ')}${items.length > max ? ` and ${items.length - max} more` : ''}`;
