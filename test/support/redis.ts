import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Whether this machine has the program. Without it the tests that need it are skipped; `.ci/run` installs it. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('There is no redis-server here: the tests of what replicas share are skipped.');

/** A Redis of the test's own, which keeps nothing on disk unless it is asked for a dump. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
  /** Starts it again, on the same port and empty. */
  start(): Promise<void>;
  /** It holds its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Everything that it holds, as it would be on a disk. */
  dump(): Promise<Buffer>;
  keys(): Promise<string[]>;
  /** Milliseconds until each key is gone; -1: never. */
  lifetimes(): Promise<number[]>;
  /** Stops it for good. */
  end(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'iconik-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const options = `--port ${port} --bind 127.0.0.1 --appendonly no --dir ${folder} --loglevel warning --save`;
    child = spawn('redis-server', [...options.split(' '), ''], { stdio: 'ignore' });
    await answering(url);
  };
  const stop = async (): Promise<void> => {
    const own = child;
    if (!own || own.exitCode !== null || own.signalCode !== null) return;
    const gone = new Promise((resolve) => own.once('exit', resolve));
    own.kill('SIGKILL');
    await gone;
  };
  const asked = async <T>(ask: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url, { protocol: 2 });
    try {
      return await ask(redis);
    } finally {
      redis.disconnect();
    }
  };
  await start();
  return {
    url,
    stop,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async dump() {
      await asked((redis) => redis.save());
      return readFileSync(join(folder, 'dump.rdb'));
    },
    keys: () => asked((redis) => redis.keys('*')),
    lifetimes: () => asked(async (redis) => Promise.all((await redis.keys('*')).map((key) => redis.pttl(key)))),
    async end() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  const redis = new Redis(url, { protocol: 2, retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  await redis.ping();
  redis.disconnect();
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
