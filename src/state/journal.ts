import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Connection } from './connection.ts';
import type { Seal } from './seal.ts';
import type { News, SharedState } from './types.ts';

/**
 * News are in two streams, by how long they matter, so that the many that matter for minutes do not push out the few that
 * matter for a day. Milliseconds.
 */
const MINUTES = 600_000;
const DAY = 24 * 3_600_000;
/** Entries of a stream, about; each holds the news of one call. */
const MAX_ENTRIES = 10_000;
const PAGE_SIZE = 500;
/** Milliseconds that the clocks of replicas and Redis may differ by. */
const MAX_SKEW = 60_000;

interface Page {
  /** Who published it. */
  readonly from: string;
  readonly news: readonly News[];
}

interface Stream {
  readonly key: string;
  readonly lifetime: number;
  /** The id of the last entry that was read: milliseconds on the clock of Redis, and a number. */
  last: string;
}

/** What replicas tell each other about one tenant. */
export function createJournal({ ask }: Connection, seal: Seal): Pick<SharedState, 'publish' | 'news'> {
  const own = randomUUID();
  const streams = [MINUTES, DAY].map(
    (lifetime): Stream => ({ key: seal.keyOf(`news ${lifetime}`), lifetime, last: '0-0' }),
  );
  // What was read before Redis went away in the middle is not read again.
  let held: News[] = [];
  const read = async (stream: Stream): Promise<void> => {
    for (let isWhole = false; !isWhole; ) {
      const entries = await ask((redis) => after(redis, stream));
      for (const [id, sealed] of entries) {
        stream.last = id;
        const page = (await seal.open(stream.key, sealed)) as Page | undefined;
        if (page && page.from !== own) held.push(...withWhatIsLeft(page.news, Number.parseInt(id, 10)));
      }
      isWhole = entries.length < PAGE_SIZE;
    }
  };
  let reading: Promise<unknown> = Promise.resolve();
  return {
    async publish(news) {
      await Promise.all(
        streams.map(async (stream, index) => {
          const shorter = streams[index - 1]?.lifetime ?? 0;
          const some = news.filter(({ lifetime }) => lifetime > shorter && lifetime <= stream.lifetime);
          const page: Page = { from: own, news: some };
          const sealed = some.length > 0 ? await seal.close(stream.key, page) : undefined;
          if (sealed) await ask((redis) => append(redis, stream, sealed));
        }),
      );
    },
    // One after the other: what a call has read is taken in before the next one reads on.
    news() {
      const next = reading.then(async () => {
        const reads = streams.map(read);
        // Where one fails, the other must not read on beside the next call.
        await Promise.allSettled(reads);
        await Promise.all(reads);
        const found = held;
        held = [];
        return found;
      });
      reading = next.catch(() => undefined);
      return next;
    },
  };
}

async function append(redis: Redis, { key, lifetime }: Stream, sealed: Buffer): Promise<void> {
  const oldest = String(Date.now() - lifetime - MAX_SKEW);
  await Promise.all([
    redis.xadd(key, 'MAXLEN', '~', MAX_ENTRIES, '*', 'page', sealed),
    redis.xtrim(key, 'MINID', '~', oldest),
    redis.pexpire(key, lifetime + MAX_SKEW),
  ]);
}

async function after(redis: Redis, { key, last }: Stream): Promise<[id: string, sealed: Buffer][]> {
  const answer = await redis.xreadBuffer('COUNT', PAGE_SIZE, 'STREAMS', key, last);
  const entries = (answer?.[0]?.[1] ?? []) as unknown as [Buffer, [Buffer, Buffer]][];
  return entries.map(([id, [, sealed]]) => [id.toString(), sealed]);
}

/** News that still matter. */
function withWhatIsLeft(news: readonly News[], at: number): News[] {
  const age = Math.max(0, Date.now() - at);
  return news.flatMap(({ value, lifetime }) => (lifetime > age ? [{ value, lifetime: lifetime - age }] : []));
}
