/**
 * What each algorithm gives, worked out by OpenSSL 3 and kept as base64. The message is always "abc"; the keys were
 * made for this list and thrown away, that of `SIGNING_KEY` apart, which is the public test key of RFC 6979, A.2.5.
 */
import type { Cipher, Curve, Digest } from './index.ts';

export const MESSAGE = Buffer.from('abc');

/** The digest of the message and its HMAC under the key "key". */
export const DIGEST_ANSWERS: Readonly<Record<Digest, readonly [digest: string, hmac: string]>> = {
  md5: ['kAFQmDzST7DWlj99KOF/cg==', '0v6YBj+HawMZOvtJtJeVkQ=='],
  sha1: ['qZk+NkcGgWq6PiVxeFDCbJzQ2J0=', 'T9CyFSdu8S8rPkyOysKBFJi2Vvw='],
  sha224: ['Iwl9IjQF2CKGQqR3vaJVsyqtvOS9oLP342ydpw==', '9SRnC3408xRn3gqpZZOGHPZRF9QU+y2GFY12Dg=='],
  sha256: ['ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=', 'nBluMtwBdfhvSxy4konWYZ3mvuaZ5MN45oMJ7Zehpqs='],
  sha384: [
    'ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn',
    'MN25yPNHz/v7ROUZ2BTwdM9AR6Vdb1YzJPHGozkg5e37KjS6xgvcls0zqVYj19Y4',
  ],
  sha512: [
    '3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
    'OSaiB8jEKwxBeSy9PhoaqvX3olcE9i38k5xJh9184GAAnFuxwkRzVbMhbxC1N+mvp7ZKTlORsNYxFy0Hk54Ieg==',
  ],
};

/** The key's octets are 7i + 1, the IV's i; with padding. */
export const CIPHER_ANSWERS: Readonly<
  Record<Cipher, { readonly keyBytes: number; readonly ivBytes: number; readonly text: string }>
> = {
  'aes-128-cbc': { keyBytes: 16, ivBytes: 16, text: 'GZKtq2TywhfjMC1KK10hpw==' },
  'aes-192-cbc': { keyBytes: 24, ivBytes: 16, text: 'URVkYgxduqd9nbm4xW+aPA==' },
  'aes-256-cbc': { keyBytes: 32, ivBytes: 16, text: 'kN+/0jahhAXLa5VPnNT+WA==' },
  'des-ede3-cbc': { keyBytes: 24, ivBytes: 8, text: 'ip+dAIn/6CM=' },
};

/** Twenty bytes from "password", "salt" and two rounds (the first is a case of RFC 6070). */
export const PBKDF2_ANSWERS: Readonly<Record<'sha1' | 'sha256' | 'sha384' | 'sha512', string>> = {
  sha1: '6mwBTcctb4zNHtkqzh1B8NjeiVc=',
  sha256: 'rk0Mla9rRtMtCt/5KPBt0CowP44=',
  sha384: 'VPd1xteQ8hkwRZFi/FNdvwSpORg=',
  sha512: '4dnBaqaBcIpF9cfE4hXOtm4BGi4=',
};

/** SubjectPublicKeyInfo and signature over the message. */
interface SignatureAnswer {
  readonly spki: string;
  readonly signature: string;
}

export const CURVE_ANSWERS: Readonly<Record<Curve, SignatureAnswer & { readonly digest: Digest }>> = {
  secp224r1: {
    digest: 'sha256',
    spki: 'ME4wEAYHKoZIzj0CAQYFK4EEACEDOgAEp+Il1nYPAxL9Lccl6LDeX6pXSRPDkbyIpu0xp6eap6flZ9bCEQB819Pv3tnRid9cRLsXrJWL+U0=',
    signature: 'MD0CHQCQuU2xRyNdD6KEsjoWxUIrqn0ch5pPzB4d4vvWAhwUNmZntDygh2AIEbA98bmZWZJfRrghDRe4Z/wF',
  },
  prime256v1: {
    digest: 'sha256',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMv+nEO17rSmdUKXfKG2fYkF+LT2xightiIosetdh4cq4hQDCdwxrEmADvdJe7DVPFpgUliQQxl4ZinSGipmYqw==',
    signature:
      'MEUCIQDcqXm8XXgL4P8WhF9HZ9qojtQSG3xELwQF/DorWu2EKAIge3K//YeOpkCB8XLAwl6ffpHb1yYS5LR+ZnHUJay9oRw=',
  },
  secp384r1: {
    digest: 'sha384',
    spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEQgl6m0Xd0R9dUWFyOnRigQbxVd03nfkn+Lpac1bwxlBjGaVqQAdh87RJeMFhVWGcEjSU00mHc2kHA5Z8ZlO6oM24SEEn1gS34Ky2uxLJMF2IGXfg4Y1b5etcaa4gIFjZ',
    signature:
      'MGQCME0+2XBTfjIj5VjtQ4lFMHlG5a7X/Qnx3lEg3Vm1tLnqxFE8ffBakMsyvD54J8FzBAIwTin0gmgrrTuW9LZ3CyzxkMdBB4r/rbkbsVQSmIVv6oEfAiz9AZIjFwCE78++7K7J',
  },
  secp521r1: {
    digest: 'sha512',
    spki: 'MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQABgpEnPBu3XiPBcQVZCRt7y39Pnwv24GITJKD6egHqE4eRStPtyRsjIF/ppxK67PCVxWE2naaFpcsMNsUF0xypRoBA0h7AdD9e4d/ky02Rrdp6uYaroqDAx1f04QgI114HsOwe37J66e5KPC/APG2lmnsixGfiNU6MLrsQoyFuyrQpkE=',
    signature:
      'MIGIAkIBWFmaQwjBa3Dn0yHnHrwY7ofaq0vO3stISfh+z7so7rwTWgEmnGJ5S5yZhTD6KscalbI582MwSta/qHuwXlPK9LUCQgCmx0A+p7mbaL1rPQVZlxUhIlizsHOhGZeu3DnhO73EZlhdq/Yf3TJvTzbCN9Aocw29cYuxesdWbIBku2v+0B3fyw==',
  },
};

export const ED25519_ANSWER: SignatureAnswer = {
  spki: 'MCowBQYDK2VwAyEAfQcNQOJmrBaxoermlFYwvg6oFyVkb2K+e0piF9PCMvY=',
  signature: 'AcCJy2g7RT9kTbephhw+dC3I7YBWMdEHzQR0671TO12c32MF0/VoVKv9k5XLA5eZiZFrtuYnCX5q9rAFy/J0AA==',
};

const RSA_SPKI =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzzQAJsRzW1MWpCiRSw+BgLYMzddmbbq6VBdA9dsyM4/554egJXWJVpo6eAUN5FzqB6pCY3eINuD/INpDkzNbxbyaFSDyWMd3vphBIxCQQ3WHLq5RVilXwcomuuXiTf3mUm3bbDnVHvX3GALw79K6X6sALAlp9yJFwF2wlx5Eh+e9iCWAxNNeHUgWcCCNx5GBNrEQuRX7+rucWZHf38Yeh3xQnyl0DOSR6yuv2cZNhfiC7n/QAtBd8WuZmStjKgqwoPIJ9TgsutAna3ECs3Nj9fhFTtkRK/1624G7ROO0smZf1VwAQxenMOfa3BuITn3F9i0ImIcZKVztMKryeSPIgQIDAQAB';

/** SHA-256. */
export const RSA_PKCS1_ANSWER: SignatureAnswer = {
  spki: RSA_SPKI,
  signature:
    'LmqGEr9ifD33Sx01zOIcYawjI/CkLgHhauDUTE2vGXfK5uyn95JvYc/h3GE0zvMC1iWP322ketIyNJjTrNQ06iBLn0jYTM3LJwoN7jjNg2HacQDlitjWYhHYtRioMysZSxiFcX7Q6FM7PIpMhsJVXUxH9qExqL63rrw5lfVp/LB79lqUVUmf4YWWLKDhbp7WWsdHM/xUII6TGdJPzN7oyNqkqEVgmzK0zdc9AcOmfMbGt1xUgpTnyrXZTglam8fYm+4EnkWgjVRpKXEb8bU52bGq8MMZmc5fcp8fF+XjT5H0IaZc06ZQyDyj4dYHt7JykvpGiR3D9uAIla0iZ2219w==',
};

/** SHA-256, a salt of 32 bytes. */
export const RSA_PSS_ANSWER: SignatureAnswer = {
  spki: RSA_SPKI,
  signature:
    'a6PsHbf4A/BYl7V+GQo8y2xQELTtePsHxITk14clDYDr96CAKE/qJ5Uze6Kh27Tsz7DhWr5zPrsmHVpUFwGwwKsIQKmo+rOlnRySyvSiOgTxVgLQCNLxcpXz2Lh80bk2nCYLcfD5i4AHTq2Jdzx+C5bPIJ7ugzV7U4fSAzc5+p0lZ6hhmd2iywoPELlZbBWt122K/5PI9PRpWwJ/4uWNCRnG176l8JvIgcx9hca7oMqa/oKEeR+wru4c2spsqM5mtlDBQnNpe8cbNOFS3SuJOdfG+LLixCg26ofSDT+XvfB4gCD915BzoLNJnTfyEZFOT+DUZqwF5Y9w9y9ZW4ENig==',
};

/** PKCS#8 of an ECDSA key of P-256, and its public key. */
export const SIGNING_KEY = {
  pkcs8:
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgya+p2EW6dRZrXCFXZ7HWk05Qw9s26JsSe4piKxIPZyGhRANCAARg/tS6JVqdMclh63TGNW1owEm4kjth+mzmaWIuYPKftnkD/hAIuLyZpBrp6VYovGTy8bIMLX6fUXejwpTURiKZ',
  spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==',
};
