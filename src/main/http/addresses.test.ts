import { expect, it } from 'vitest';
import { isPublicAddress } from './addresses.ts';

/** By what makes them none of the Internet. */
const NOT_PUBLIC = {
  'the machine itself and the networks around it':
    '0.0.0.0 127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 100.64.0.1 169.254.169.254 :: ::1 fe80::1 fec0::1 fd00::1',
  'IPv4 addresses within IPv6 ones':
    '::ffff:10.0.0.1 ::10.0.0.1 64:ff9b::a00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2001:0:7f00:1::',
  'protocols, documentation, benchmarks, anycast of the services of the network':
    '192.0.0.8 192.0.2.1 198.51.100.1 203.0.113.1 198.19.0.1 192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1 2001:2::1 2001:20::1 2001:db8::1 2620:4f:8000::1 3fff::1 100::1 100:0:0:1::1 5f00::1',
  'many machines at once, and what was never given out':
    '224.0.0.1 255.255.255.255 240.0.0.1 ff02::1 4000::1',
  'a name': 'gov.vn',
};

it.each(Object.entries(NOT_PUBLIC))('does not take for machines on the Internet: %s', (_, addresses) => {
  for (const address of addresses.split(' ')) expect(isPublicAddress(address), address).toBe(false);
});

it.each(['8.8.8.8', '172.32.0.1', '192.0.1.1', '223.255.255.254', '2001:4860::1', '2400:cb00::1', '2a00::1'])(
  'takes %s for one',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);
