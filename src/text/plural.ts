/** `1 asset`, `3 assets`. `noun` is a singular whose plural ends in -s. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
