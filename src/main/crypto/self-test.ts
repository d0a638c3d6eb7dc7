/** Does each algorithm of the list give here what it must? Electron's own cryptography is not the one of the tests. */
import {
  CIPHERS,
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createVerify,
  CURVES,
  DIGESTS,
  pbkdf2,
  sign,
  verify,
} from './index.ts';
import type { Curve, Digest } from './index.ts';
import {
  CIPHER_ANSWERS,
  CURVE_ANSWERS,
  DIGEST_ANSWERS,
  ED25519_ANSWER,
  MESSAGE,
  PBKDF2_ANSWERS,
  RSA_PKCS1_ANSWER,
  RSA_PSS_ANSWER,
  SIGNING_KEY,
} from './known-answers.ts';

type Case = readonly [algorithm: string, holds: () => boolean | Promise<boolean>];

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
const octets = (length: number, octet: (index: number) => number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => octet(index)));
const keyOf = (spki: string) => createPublicKey({ key: bytes(spki), format: 'der', type: 'spki' });

const digestCases = DIGESTS.map((digest): Case => {
  const [hash, hmac] = DIGEST_ANSWERS[digest];
  return [
    digest,
    () =>
      createHash(digest).update(MESSAGE).digest('base64') === hash &&
      createHmac(digest, 'key').update(MESSAGE).digest('base64') === hmac,
  ];
});

const cipherCases = CIPHERS.map((cipher): Case => {
  const { keyBytes, ivBytes, text } = CIPHER_ANSWERS[cipher];
  const [key, iv] = [octets(keyBytes, (i) => (7 * i + 1) & 0xff), octets(ivBytes, (i) => i)];
  return [
    cipher,
    () => {
      const [to, back] = [createCipheriv(cipher, key, iv), createDecipheriv(cipher, key, iv)];
      const encrypted = Buffer.concat([to.update(MESSAGE), to.final()]);
      const plain = Buffer.concat([back.update(encrypted), back.final()]);
      return encrypted.equals(bytes(text)) && plain.equals(MESSAGE);
    },
  ];
});

const derivationCases = Object.entries(PBKDF2_ANSWERS).map(([digest, answer]): Case => [
  `pbkdf2-${digest}`,
  async () => (await pbkdf2('password', Buffer.from('salt'), 2, 20, digest as Digest)).equals(bytes(answer)),
]);

const curveCases = (Object.keys(CURVES) as Curve[]).map((curve): Case => {
  const { digest, spki, signature } = CURVE_ANSWERS[curve];
  return [curve, () => createVerify(digest).update(MESSAGE).verify(keyOf(spki), bytes(signature))];
});

function rsaHolds({ spki, signature }: typeof RSA_PSS_ANSWER, padding: object): boolean {
  return createVerify('sha256')
    .update(MESSAGE)
    .verify({ key: keyOf(spki), ...padding }, bytes(signature));
}

const CASES: readonly Case[] = [
  ...digestCases,
  ...cipherCases,
  ...derivationCases,
  ...curveCases,
  ['rsa-pkcs1', () => rsaHolds(RSA_PKCS1_ANSWER, { padding: constants.RSA_PKCS1_PADDING })],
  ['rsa-pss', () => rsaHolds(RSA_PSS_ANSWER, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })],
  ['ed25519', () => verify(null, MESSAGE, keyOf(ED25519_ANSWER.spki), bytes(ED25519_ANSWER.signature))],
  [
    'ecdsa-sign',
    () => {
      const key = createPrivateKey({ key: bytes(SIGNING_KEY.pkcs8), format: 'der', type: 'pkcs8' });
      return verify('sha256', MESSAGE, keyOf(SIGNING_KEY.spki), sign('sha256', MESSAGE, key));
    },
  ],
];

/** The algorithms of the list that are missing here or give something else; none where all is well. */
export async function failedAlgorithms(): Promise<string[]> {
  const outcomes = await Promise.all(
    CASES.map(async ([algorithm, holds]) => ((await isTrue(holds)) ? [] : [algorithm])),
  );
  return outcomes.flat();
}

async function isTrue(holds: Case[1]): Promise<boolean> {
  try {
    return await holds();
  } catch {
    return false;
  }
}
