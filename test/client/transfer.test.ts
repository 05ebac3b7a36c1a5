import { describe, expect, test } from 'vitest';
import { isPrivate, publicOnly } from '../../src/client/addresses.ts';
import { clientOf, upstream } from '../support/upstream.ts';

describe('a storage address', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '192.0.0.8',
    '198.18.0.1',
    '198.19.255.255',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '[::1]',
    '::',
    '::7f00:1',
    '::10.0.0.1',
    'fd00::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '100::1',
    '2002:7f00:1::',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::1',
    '192.0.2.1',
    '198.51.100.7',
    '203.0.113.9',
    '192.88.99.1',
    '::ffff:0:7f00:1',
    '100:0:0:1::1',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
    'localhost',
    'localhost.',
    'minio.local',
    'metadata.google.internal',
  ])('%s is private', (address) => {
    expect(isPrivate(address)).toBe(true);
  });

  test.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.1.1',
    '198.17.255.255',
    '198.20.0.1',
    '223.255.255.255',
    '2600:1f18::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '64:ff9b::808:808',
    'bucket.s3.amazonaws.com',
    'storage.googleapis.com',
    'localhost.example',
  ])('%s is public', (address) => {
    expect(isPrivate(address)).toBe(false);
  });

  test('that is a public name of a private address is refused when it is looked up', async () => {
    const code = await new Promise((resolve) => {
      publicOnly('localhost', {}, (error) => resolve(error?.code));
    });
    expect(code).toBe('EPRIVATE');
  });

  test('on a private network is called once the person named it', async () => {
    await using up = await upstream((_, response) => response.end());
    const { host } = new URL(up.url);
    const address = `https://${host}/bucket/key`;
    const code = (storageHosts: string[]) =>
      clientOf('https://app.iconik.io', { storageHosts })
        .transfer(address, { method: 'POST' })
        .then(
          () => 'answered',
          (error: { code: string }) => error.code,
        );
    expect(await code([])).toBe('forbidden_url');
    expect(await code(['other.example'])).toBe('forbidden_url');
    // It speaks no TLS: that this is found out shows that it was called.
    expect(await code([host])).toBe('network');
  });
});
