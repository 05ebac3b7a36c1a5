import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Team, team } from '../support/team.ts';

const SECRET = 'secret-of-ann-0123456789';

describe('behind a proxy (--trust-proxy)', () => {
  let served: Team;
  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'forwarded-')), 'secrets');
    writeFileSync(file, `ann ${SECRET} iconik:read\n`, { mode: 0o600 });
    served = await team({ argv: ['--bearer-file', file, '--trust-proxy', '--allow-host', '127.0.0.1'] });
  });
  afterAll(() => served[Symbol.asyncDispose]());

  test.each([
    [undefined, 200],
    ['https', 200],
    ['HTTPS', 200],
    ['https, https', 200],
    ['http', 403],
    ['https, http', 403],
    ['http, https', 403],
    ['', 403],
  ])('a request with X-Forwarded-Proto %j is answered %i', async (proto, status) => {
    const headers = { authorization: `Bearer ${SECRET}`, ...(proto !== undefined && { 'x-forwarded-proto': proto }) };
    expect((await served.post({ method: 'tools/list' }, headers)).status).toBe(status);
  });
});
