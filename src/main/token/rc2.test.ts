import { expect, it } from 'vitest';
import { decryptRc2Cbc } from './rc2.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const zeroIv = Buffer.alloc(8);

// RFC 2268, section 5: key, effective bits, plain text, cipher text.
it.each([
  ['00000000 00000000', 63, '00000000 00000000', 'ebb773f9 93278eff'],
  ['ffffffff ffffffff', 64, 'ffffffff ffffffff', '278b27e4 2e2f0d49'],
  ['30000000 00000000', 64, '10000000 00000001', '30649edf 9be7d2c2'],
  ['88', 64, '00000000 00000000', '61a8a244 adacccf0'],
  ['88bca90e 90875a', 64, '00000000 00000000', '6ccf4308 974c267f'],
  ['88bca90e 90875a7f 0f79c384 627bafb2', 64, '00000000 00000000', '1a807d27 2bbe5db1'],
  ['88bca90e 90875a7f 0f79c384 627bafb2', 128, '00000000 00000000', '2269552a b0f85ca6'],
])('decrypts the vector of key %s with %i bits', (key, bits, plain, cipher) => {
  expect(decryptRc2Cbc(hex(key), bits, zeroIv, hex(cipher))).toEqual(hex(plain));
});

it('refuses a cipher text of broken blocks', () => {
  expect(decryptRc2Cbc(hex('88'), 64, zeroIv, Buffer.alloc(7))).toBeNull();
});
