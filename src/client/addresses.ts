import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { PRIVATE_ADDRESS } from './errors.ts';

/** Networks that are not the public internet: what a signed address must not reach on behalf of whoever wrote it. */
const PRIVATE_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: the metadata services of clouds
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24], // documentation, like the next two
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarks
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const;
const PRIVATE_V6 = [
  ['::', 96], // unspecified, loopback, IPv4-compatible
  ['64:ff9b:1::', 48], // NAT64 of a local network
  ['::ffff:0:0:0', 96], // IPv4-translated
  ['100::', 63],
  ['2001::', 23], // protocols: Teredo, ORCHID, benchmarks
  ['2001:db8::', 32], // documentation, like the next
  ['3fff::', 20],
  ['5f00::', 16], // segment routing
  ['2002::', 16], // 6to4
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;
const PRIVATE_NAME = /^(localhost|.*\.localhost|.*\.local|.*\.internal)$/i;

const privateNetworks = new BlockList();
for (const [network, prefix] of PRIVATE_V4) {
  // IPv4 mapped into IPv6 (`::ffff:10.0.0.1`) is matched by the same rule.
  privateNetworks.addSubnet(network, prefix, 'ipv4');
  // NAT64 leads to the IPv4 address that it holds.
  privateNetworks.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');
}
for (const [network, prefix] of PRIVATE_V6) privateNetworks.addSubnet(network, prefix, 'ipv6');

/** Whether a host, as it stands in a URL or comes from a lookup, is on this machine or on a private network. */
export function isPrivate(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').replace(/%.*|\.$/s, '');
  const version = isIP(bare);
  return version === 0 ? PRIVATE_NAME.test(bare) : privateNetworks.check(bare, version === 4 ? 'ipv4' : 'ipv6');
}

/** Looks a name up and refuses what resolves to a private address: a public name may point anywhere. */
export const publicOnly: LookupFunction = (name, options, done) => {
  lookup(name, options, (error, found, family) => {
    const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
    if (!error && addresses.some(isPrivate)) {
      return done(Object.assign(new Error('private address'), { code: PRIVATE_ADDRESS }), found, family);
    }
    done(error, found, family);
  });
};
