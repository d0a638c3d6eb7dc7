import { beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../../tests/pki/ca.ts';
import type { CertificateSpec, Identity } from '../../../tests/pki/ca.ts';
import { isForSigning, isTimestampAuthority } from './certificate-use.ts';
import { children, DerError, readDer } from '../asn1/der.ts';
import { bitList, encode, integer, nullValue, oid, sequence } from '../asn1/der-write.ts';
import { oids } from '../asn1/oids.ts';
import { readCertificate } from './certificate.ts';

let person: Identity;
beforeAll(async () => {
  person = await issue(null, { profile: 'signer', subject: [['CN', 'Ai Đó']], keyType: 'p-256' });
});

/** The value with the one at `path` exchanged. */
function exchanged(
  der: Uint8Array,
  [step, ...path]: readonly number[],
  by: (old: Uint8Array) => Uint8Array,
): Uint8Array {
  if (step === undefined) return by(der);
  const node = readDer(der);
  return encode(
    node.tag,
    ...children(node).map(({ raw }, i) => (i === step ? exchanged(raw, path, by) : raw)),
  );
}
const grown = (der: Uint8Array): Uint8Array =>
  encode(readDer(der).tag, ...children(readDer(der)).map(({ raw }) => raw), integer(1));

describe('a certificate (RFC 5280, 4.1)', () => {
  const TBS = 0;
  it.each<[string, number[]]>([
    ['the whole', []],
    ['what is signed', [TBS]],
    ['its period', [TBS, 4]],
    ['its key', [TBS, 6]],
    ['its key’s algorithm', [TBS, 6, 0]],
    ['an extension', [TBS, 7, 0, 0]],
  ])('with a field too many in %s is refused', (_, path) => {
    expect(() => readCertificate(exchanged(person.certificate, path, (old) => old))).not.toThrow();
    expect(() => readCertificate(exchanged(person.certificate, path, grown))).toThrow(DerError);
  });

  it('names one algorithm, inside and outside', () => {
    const other = () => sequence(oid(oids.ecdsaWithSha384));
    expect(() => readCertificate(exchanged(person.certificate, [1], other))).toThrow(
      'two signature algorithms',
    );
  });

  it('has extensions in version 3 only, and each once', () => {
    const version = (n: number) => () => encode(0xa0, integer(n));
    expect(() => readCertificate(exchanged(person.certificate, [TBS, 0], version(1)))).toThrow(
      'old certificate version',
    );
    const twice = (list: Uint8Array) => {
      const [first, ...others] = children(readDer(list)).map(({ raw }) => raw);
      return sequence(first!, first!, ...others);
    };
    expect(() => readCertificate(exchanged(person.certificate, [TBS, 7, 0], twice))).toThrow(
      'extension twice',
    );
  });
});

describe('what a certificate is for', () => {
  const make = async (spec: Partial<CertificateSpec>) =>
    readCertificate(
      (await issue(null, { profile: 'signer', subject: [['CN', 'Ai Đó']], keyType: 'p-256', ...spec }))
        .certificate,
    );
  const uses = (...bits: number[]) => ({ extensions: { [oids.keyUsage]: bitList(...bits) } });

  it.each<[string, Partial<CertificateSpec>, boolean]>([
    ['digital signatures', uses(0), true],
    ['what cannot be denied', uses(1), true],
    ['encryption', uses(2), false],
    ['anything', { extensions: { [oids.keyUsage]: null } }, true],
    ['issuing others', { profile: 'root', ...uses(0, 1, 5) }, false],
  ])('one for %s', async (_, spec, isSigning) => {
    expect(isForSigning(await make(spec))).toBe(isSigning);
  });

  it('a timestamp authority’s is critical, and for nothing else (RFC 3161, 2.3)', async () => {
    const [stamping, also] = [oid(oids.timeStamping), oid(oids.emailProtection)];
    const usages = (critical: boolean, ...list: Uint8Array[]): Promise<boolean> =>
      make({
        extensions: {
          [oids.extendedKeyUsage]: list.length > 0 ? sequence(...list) : null,
          '2.999.1': nullValue(),
        },
        critical: critical ? [oids.extendedKeyUsage] : ['2.999.1'],
      }).then(isTimestampAuthority);
    expect(
      await Promise.all([
        usages(true, stamping),
        usages(false, stamping),
        usages(true, stamping, also),
        usages(true, also),
        usages(true),
      ]),
    ).toEqual([true, false, false, false, false]);
  });
});
