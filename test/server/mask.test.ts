import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/server/log.ts';
import { createMask, maskSignatures } from '../../src/server/mask.ts';
import { APP_ID, TOKEN } from '../support/upstream.ts';

const mask = createMask([TOKEN, APP_ID]);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the mask', () => {
  test.each([
    ['plain', TOKEN],
    ['another case', APP_ID.toUpperCase()],
    ['percent-encoded', encodeURIComponent(`${TOKEN}/+`)],
    ['encoded twice', encodeURIComponent(encodeURIComponent(TOKEN))],
    ['base64', base64(TOKEN)],
    ['base64 behind one byte', base64(`:${TOKEN}`)],
    ['base64 behind two', base64(`a:${TOKEN}:b`)],
    ['base64url', Buffer.from(`xyz${TOKEN}!`).toString('base64url')],
  ])('takes the secret out: %s', (_, echoed) => {
    const masked = mask(`You sent ${echoed} to us`);
    expect(masked).toContain('[masked]');
    expect(masked).not.toContain(TOKEN.slice(0, 8));
    expect(masked).not.toContain(base64(TOKEN).slice(4, 20));
  });

  test('leaves everything else', () => {
    expect(mask('eyJh nothing secret 1f2e3d4c')).toBe('eyJh nothing secret 1f2e3d4c');
    expect(createMask([])('short')).toBe('short');
  });

  test('takes what signs out of an address', () => {
    expect(maskSignatures('https://b.s3.example/k?X-Amz-Date=1&X-Amz-Signature=abc&x=1')).toBe(
      'https://b.s3.example/k?X-Amz-Date=1&X-Amz-Signature=[masked]&x=1',
    );
  });
});

test('a log line is one line of JSON without secrets', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'warn', mask, write: (line) => lines.push(line) });
  log.debug('not shown');
  log.error(`failed\nwith ${TOKEN}`);
  log.audit({ tool: 'create_asset', object: {}, status: 201, request_id: 'r1' });
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain(TOKEN);
  expect(JSON.parse(lines[1] as string)).toMatchObject({
    audit: true,
    tool: 'create_asset',
    status: 201,
    request_id: 'r1',
  });
});
