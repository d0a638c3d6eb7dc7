import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** What the IANA registry of special-purpose IPv4 addresses (RFC 6890) holds, and multicast. */
const SPECIAL_4 = subnets(
  'ipv4',
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
    '192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 ' +
    '203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
);

/** All that IANA has given out as global unicast (RFC 4291, 2.4); loopback, mapped, NAT64, local are outside of it. */
const GLOBAL_6 = subnets('ipv6', '2000::/3');

/** What the IANA registry of special-purpose IPv6 addresses holds within it: Teredo and 6to4 carry IPv4 addresses. */
const SPECIAL_6 = subnets('ipv6', '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20');

function subnets(family: 'ipv4' | 'ipv6', ranges: string): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(' ')) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Does this literal address belong to a machine on the Internet, not to this one or to a network around it? */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !SPECIAL_4.check(address, 'ipv4');
  return isIP(address) === 6 && GLOBAL_6.check(address, 'ipv6') && !SPECIAL_6.check(address, 'ipv6');
}

/** A host whose address, or one of whose addresses, is not of the Internet. */
export class PrivateAddress extends Error {}

/** Resolves as the connection itself does, so that a name cannot change its address between check and use. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) callback(error ?? new Error('no address'), '', 0);
    else if (!addresses.every(({ address }) => isPublicAddress(address)))
      callback(new PrivateAddress(), '', 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
