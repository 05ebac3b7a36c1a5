/** A queue with a lane for each owner: lanes take turns, and within a lane it is first come, first served. */
export interface Lanes<T> {
  add(owner: unknown, item: T): void;
  remove(owner: unknown, item: T): void;
  /** The first item of the lane whose turn it is. */
  next(): T | undefined;
  readonly size: number;
}

export function createLanes<T>(): Lanes<T> {
  const lanes = new Map<unknown, T[]>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(owner, item) {
      const lane = lanes.get(owner);
      if (lane) lane.push(item);
      else lanes.set(owner, [item]);
      size += 1;
    },
    remove(owner, item) {
      const lane = lanes.get(owner) ?? [];
      const index = lane.indexOf(item);
      if (index === -1) return;
      lane.splice(index, 1);
      size -= 1;
      if (lane.length === 0) lanes.delete(owner);
    },
    next() {
      const [first] = lanes;
      if (!first) return undefined;
      const [owner, lane] = first;
      const item = lane.shift();
      size -= 1;
      // To the end of the line of lanes.
      lanes.delete(owner);
      if (lane.length > 0) lanes.set(owner, lane);
      return item;
    },
  };
}
