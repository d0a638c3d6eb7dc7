import { afterEach, expect, it } from 'vitest';
import { missing } from '../../../tests/crypto/boringssl.ts';
import type { DeskError } from '../../shared/errors/index.ts';
import { lackingCryptography } from '../host/cryptography.ts';
import { createCipheriv, createHash } from './index.ts';
import type { Cipher, Digest } from './index.ts';
import { failedAlgorithms } from './self-test.ts';

afterEach(() => missing.clear());

it('runs in the tests on what Electron has, which is less than Node', () => {
  for (const digest of ['sha3-256', 'sha512-224', 'blake2b512'])
    expect(() => createHash(digest as Digest)).toThrow('UNSUPPORTED');
  const cipher = 'chacha20-poly1305' as Cipher;
  expect(() => createCipheriv(cipher, Buffer.alloc(32), Buffer.alloc(12))).toThrow('UNSUPPORTED');
});

it('finds every algorithm of the list there and right', async () => {
  expect(await failedAlgorithms()).toEqual([]);
});

it.each([
  ['sha224', ['sha224']],
  ['des-ede3-cbc', ['des-ede3-cbc']],
  ['secp521r1', ['secp521r1']],
  ['ed25519', ['ed25519']],
  ['sha384', ['sha384', 'pbkdf2-sha384', 'secp384r1']],
])('names what is lost with %s', async (name, lost) => {
  missing.add(name);
  expect(await failedAlgorithms()).toEqual(lost);
});

it('is told with its code, and written to the log, where an algorithm is lacking', async () => {
  const lines: string[] = [];
  const codes: unknown[] = [];
  const log = {
    info: () => undefined,
    error(message: string, cause: unknown) {
      lines.push(message);
      codes.push((cause as DeskError).code);
    },
  };
  expect(await lackingCryptography(log)).toBeNull();
  expect(lines).toEqual([]);
  missing.add('sha224').add('ed25519');
  expect(await lackingCryptography(log)).toEqual({
    code: 'host.cryptography-lacking',
    params: { algorithms: 'sha224, ed25519' },
  });
  expect(lines).toEqual([expect.stringContaining('sha224, ed25519')]);
  expect(codes).toEqual(['host.cryptography-lacking']);
});
