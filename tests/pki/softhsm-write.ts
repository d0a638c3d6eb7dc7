/** Child of softhsm.ts: initialises one token and puts the keys and certificates of the job on stdin into it. */
import { json } from 'node:stream/consumers';
import type { JsonWebKey } from 'node:crypto';
import pkcs11js from 'pkcs11js';
import type { Template } from 'pkcs11js';
import { oid } from '../../src/main/asn1/der-write.ts';

interface Job {
  readonly module: string;
  readonly label: string;
  readonly pin: string;
  readonly identities: readonly { readonly certificate: string; readonly key: JsonWebKey }[];
  readonly certificates: readonly string[];
  readonly hidesCertificates: boolean;
}

const SO_PIN = '12345678';
const CURVES: Readonly<Record<string, string>> = {
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
};

const job = (await json(process.stdin)) as Job;
const p11 = new pkcs11js.PKCS11();
p11.load(job.module);
p11.C_Initialize();

// SoftHSM2 always shows one more slot, with a token not yet initialised.
const slot = p11
  .C_GetSlotList(true)
  .find((candidate) => (p11.C_GetTokenInfo(candidate).flags & pkcs11js.CKF_TOKEN_INITIALIZED) === 0)!;
// The label is 32 octets, padded with blanks (PKCS#11 v2.40, C_InitToken).
const padding = ' '.repeat(32 - Buffer.byteLength(job.label));
p11.C_InitToken(slot, SO_PIN, job.label + padding);
const session = p11.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION);
p11.C_Login(session, pkcs11js.CKU_SO, SO_PIN);
p11.C_InitPIN(session, job.pin);
p11.C_Logout(session);
p11.C_Login(session, pkcs11js.CKU_USER, job.pin);

job.identities.forEach(({ certificate, key }, index) => {
  const id = Buffer.from([index + 1]);
  p11.C_CreateObject(session, [...certificateObject(certificate), { type: pkcs11js.CKA_ID, value: id }]);
  p11.C_CreateObject(session, [...keyObject(key), { type: pkcs11js.CKA_ID, value: id }]);
});
for (const certificate of job.certificates) p11.C_CreateObject(session, certificateObject(certificate));
p11.C_Finalize();

function certificateObject(certificate: string): Template {
  return [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE },
    { type: pkcs11js.CKA_CERTIFICATE_TYPE, value: pkcs11js.CKC_X_509 },
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_PRIVATE, value: job.hidesCertificates },
    // SoftHSM2 wants a subject; nothing here reads it.
    { type: pkcs11js.CKA_SUBJECT, value: Buffer.from('3000', 'hex') },
    { type: pkcs11js.CKA_VALUE, value: Buffer.from(certificate, 'hex') },
  ];
}

/** A number of a JWK (RFC 7518, 6.3). */
function number(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url');
}

function keyObject(key: JsonWebKey): Template {
  const common = [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: false },
    { type: pkcs11js.CKA_SIGN, value: true },
  ];
  if (key.kty === 'EC')
    return [
      ...common,
      { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_EC },
      { type: pkcs11js.CKA_EC_PARAMS, value: Buffer.from(oid(CURVES[key.crv ?? ''] ?? '')) },
      { type: pkcs11js.CKA_VALUE, value: number(key.d) },
    ];
  return [
    ...common,
    { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_RSA },
    { type: pkcs11js.CKA_MODULUS, value: number(key.n) },
    { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: number(key.e) },
    { type: pkcs11js.CKA_PRIVATE_EXPONENT, value: number(key.d) },
    { type: pkcs11js.CKA_PRIME_1, value: number(key.p) },
    { type: pkcs11js.CKA_PRIME_2, value: number(key.q) },
    { type: pkcs11js.CKA_EXPONENT_1, value: number(key.dp) },
    { type: pkcs11js.CKA_EXPONENT_2, value: number(key.dq) },
    { type: pkcs11js.CKA_COEFFICIENT, value: number(key.qi) },
  ];
}
