/** Runs work under the same key one after the other, in the order of the calls; other keys do not wait. */
export type Order = <T>(key: string | undefined, work: () => Promise<T>) => Promise<T>;

export function createOrder(): Order {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    if (key === undefined) return work();
    const before = last.get(key);
    const own = before ? before.then(work, work) : work();
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}
