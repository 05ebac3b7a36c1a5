/** What one caller may have under way of all that may be: others get through meanwhile. */
export const MAX_EACH = 64;

export interface Shares {
  /** Does the work of a caller; `undefined`: they have enough under way, and it is not begun. */
  within<T>(subject: string, work: () => Promise<T>): Promise<T | undefined>;
}

export function createShares(): Shares {
  const underWay = new Map<string, number>();
  const add = (subject: string, change: number): void => {
    const count = (underWay.get(subject) ?? 0) + change;
    if (count === 0) underWay.delete(subject);
    else underWay.set(subject, count);
  };
  return {
    async within(subject, work) {
      if ((underWay.get(subject) ?? 0) >= MAX_EACH) return undefined;
      add(subject, 1);
      try {
        return await work();
      } finally {
        add(subject, -1);
      }
    },
  };
}
