/** A seeded random generator (mulberry32) that also makes ids: same seed, same world. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number;
  /** Whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** A new uuid. */
  id(): string;
  /** Hexadecimal digits; the count is rounded up to a multiple of eight. */
  hex(digits: number): string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The lowest bytes of a number in hexadecimal. Uses a table because large worlds have a hundred thousand ids. */
function pairs(number: number, bytes: number): string {
  let text = '';
  for (let shift = (bytes - 1) * 8; shift >= 0; shift -= 8) text += HEX[(number >>> shift) & 255];
  return text;
}

/** `group` is the third part of ids: generators with different groups never make the same id. */
export function createRandom(seed: number, group = '11f0'): Random {
  let state = (seed ^ 0x5eed1e55) >>> 0;
  let made = 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const offset = int(0, 0xffffff);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    id() {
      made += 1;
      // An odd factor modulo 2^32 maps no two counts to the same number.
      const unique = Math.imul(made + offset, 0x9e3779b1);
      return `${pairs(unique, 4)}-${pairs(int(0, 0xffff), 2)}-${group}-9c3a-0a580a3db916`;
    },
    hex(digits) {
      let text = '';
      while (text.length < digits) text += pairs(int(0, 0xffffffff), 4);
      return text;
    },
  };
}
