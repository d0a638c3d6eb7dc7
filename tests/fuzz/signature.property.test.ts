/** Signed data, lists and answers in general: what is true is read back, whatever is changed is noticed. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { memorySource } from '../../src/main/pdf/source.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { UnsupportedAlgorithm } from '../../src/main/x509/algorithms.ts';
import { readSignedData } from '../../src/main/cms/signed-data-read.ts';
import { checkSignedData } from '../../src/main/cms/signed-data-verify.ts';
import { signedAttributes, signedData } from '../../src/main/cms/signed-data-write.ts';
import { findRevocation, isCrlSignedBy, readCrl } from '../../src/main/x509/crl.ts';
import { DerError, readDer } from '../../src/main/asn1/der.ts';
import { isWithin, readName } from '../../src/main/x509/names.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { answerFor, authorisedResponder, readOcspResponse } from '../../src/main/x509/ocsp.ts';
import { ocspRequest } from '../../src/main/signature/online/revocation.ts';
import { readTimestampAnswer, timestampRequest } from '../../src/main/signature/online/tsa.ts';
import { isSignedBy } from '../../src/main/x509/path.ts';
import { signDocument } from '../../src/main/signature/sign.ts';
import { importedAnchor } from '../../src/main/x509/trust.ts';
import { verifySource } from '../../src/main/signature/verify.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import type { Certificate } from '../../src/main/x509/certificate.ts';
import { DeskError } from '../../src/shared/errors/index.ts';
import { indirectForm } from '../fixtures/pdf/samples.ts';
import { issue, issueCrl, name, signBytes } from '../pki/ca.ts';
import type { Identity, Subject } from '../pki/ca.ts';
import { createAuthority } from '../pki/office.ts';
import type { Authority } from '../pki/office.ts';
import { ocspAnswer } from '../pki/services/ocsp.ts';
import { timestampAnswer } from '../pki/services/tsa.ts';
import { softSigner } from '../pki/soft-signer.ts';

/** The same values in every run. */
const seed = { seed: 20_261_126, endOnFailure: true };

let authority: Authority;
let issuer: Certificate;
let people: Identity[];
beforeAll(async () => {
  authority = await createAuthority();
  issuer = readCertificate(authority.issuing.certificate);
  people = await Promise.all(
    (['rsa-2048', 'p-256', 'p-384'] as const).map((keyType) =>
      issue(authority.issuing, { profile: 'signer', subject: [['CN', 'Ví Dụ']], keyType }),
    ),
  );
});

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
/** A copy with one bit turned. */
function turned(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const bit = at % (copy.length * 8);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}
/** Null when the bytes cannot even be read. */
function readable<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof DerError || error instanceof UnsupportedAlgorithm || error instanceof DeskError)
      return null;
    throw error;
  }
}

const parts = fc.record({
  who: fc.nat(2),
  content: fc.uint8Array({ maxLength: 200 }),
  chain: fc.subarray([0, 1]),
  unsigned: fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 3 }),
});

describe('signed data of any parts', () => {
  function build({
    who,
    content,
    chain,
    unsigned,
  }: {
    who: number;
    content: Uint8Array;
    chain: number[];
    unsigned: Uint8Array[];
  }) {
    const signer = people[who]!;
    const certificate = readCertificate(signer.certificate);
    const { attributes } = signedAttributes(certificate, sha256(content));
    const signature = signBytes(signer.key, attributes);
    const values = unsigned.map((value, i) => ({
      type: `2.999.${i}`,
      value: Buffer.concat([Buffer.of(0x04, value.length), value]),
    }));
    const cms = signedData({
      certificate,
      chain: chain.map((i) => signer.chain[i]!),
      attributes,
      signature,
      unsigned: values,
    });
    return { cms, signer: certificate };
  }

  it('is valid over its content and over no other', () => {
    fc.assert(
      fc.property(parts, fc.nat(), (made, at) => {
        const { cms, signer } = build(made);
        const data = readSignedData(cms);
        expect(data.certificates).toHaveLength(1 + made.chain.length);
        const facts = checkSignedData(data, () => [made.content], oids.data);
        expect([facts.fault, facts.certificate?.fingerprint]).toEqual([null, signer.fingerprint]);
        const other = made.content.length > 0 ? turned(made.content, at) : Buffer.of(0);
        expect(checkSignedData(data, () => [other], oids.data).fault).toBe('modified');
      }),
      { ...seed, numRuns: 40 },
    );
  });

  it('with any bit turned is broken, or says the very same of the same signer', () => {
    fc.assert(
      fc.property(parts, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (made, places) => {
        const { cms, signer } = build(made);
        for (const at of places) {
          const data = readable(() => readSignedData(turned(cms, at)));
          const facts = data && readable(() => checkSignedData(data, () => [made.content], oids.data));
          if (facts?.fault === null) expect(Buffer.compare(facts.certificate!.tbs, signer.tbs)).toBe(0);
        }
      }),
      { ...seed, numRuns: 20 },
    );
  });
});

describe('a list of any entries', () => {
  const entry = fc.record({
    serial: fc.uint8Array({ minLength: 1, maxLength: 20 }).map((octets) => Uint8Array.of(0x40, ...octets)),
    at: fc.integer({ min: Date.UTC(2020, 0) / 1000, max: Date.UTC(2026, 0) / 1000 }).map((s) => s * 1000),
    reason: fc.option(fc.constantFrom(1, 3, 4, 5), { nil: undefined }),
  });
  const lists = fc.array(entry, { maxLength: 40 });

  it('in any order, entries twice or not, tells of each the first it says, and of nobody else', () => {
    fc.assert(
      fc.property(lists, entry, (revoked, stranger) => {
        const spec = revoked.map(({ serial, at, reason }) => ({
          serial,
          at,
          ...(reason !== undefined && { reason }),
        }));
        const crl = readCrl(issueCrl(authority.issuing, { revoked: [...spec, ...spec.slice(0, 3)] }));
        expect(isCrlSignedBy(crl, issuer)).toBe(true);
        for (const { serial } of revoked) {
          const first = revoked.find((one) => Buffer.compare(one.serial, serial) === 0)!;
          expect(findRevocation(crl, serial, issuer.subject)).toEqual({
            at: first.at,
            reason: first.reason ?? 0,
          });
          expect(findRevocation(crl, serial, readCertificate(authority.root.certificate).subject)).toBeNull();
        }
        if (!revoked.some(({ serial }) => Buffer.compare(serial, stranger.serial) === 0))
          expect(findRevocation(crl, stranger.serial, issuer.subject)).toBeNull();
      }),
      { ...seed, numRuns: 40 },
    );
  });

  it('with any bit turned is no longer signed', () => {
    fc.assert(
      fc.property(lists, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (revoked, places) => {
        const der = issueCrl(authority.issuing, {
          revoked: revoked.map(({ serial, at }) => ({ serial, at })),
        });
        for (const at of places) {
          const crl = readable(() => readCrl(turned(der, at)));
          expect(crl && isCrlSignedBy(crl, issuer)).not.toBe(true);
        }
      }),
      { ...seed, numRuns: 20 },
    );
  });
});

describe('answers of services and certificates with any bit turned', () => {
  it('certify, stamp and answer nothing else', () => {
    const person = readCertificate(people[0]!.certificate);
    const nonce = Buffer.from('4142434445464748', 'hex');
    const digest = sha256(Buffer.of(1));
    const stamp = timestampAnswer(timestampRequest(digest, nonce), {
      authority: authority.tsa,
      at: Date.now(),
    });
    const asked = { digest, nonce, host: 'tsa' };
    const stampedAt = readTimestampAnswer(stamp, asked).at;
    const ocsp = ocspAnswer(ocspRequest(person, issuer, nonce), {
      responder: authority.ocsp,
      stranger: authority.tsa,
      now: Date.now(),
      revokedAt: () => undefined,
    });
    fc.assert(
      fc.property(fc.nat(), (at) => {
        const certificate = readable(() => readCertificate(turned(person.der, at)));
        expect(certificate && isSignedBy(certificate, issuer)).not.toBe(true);
        const taken = readable(() => readTimestampAnswer(turned(stamp, at), asked));
        expect(taken?.at ?? stampedAt).toBe(stampedAt);
        const answer = readable(() => {
          const response = readOcspResponse(turned(ocsp, at));
          return authorisedResponder(response, issuer) && answerFor(response, person, issuer);
        });
        expect(answer?.status ?? 'good').toBe('good');
      }),
      { ...seed, numRuns: 600 },
    );
  });
});

describe('names', () => {
  const values = fc.string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom('a', 'B', 'Đ', 'ệ', '1', ' ', '.'),
  });
  const subjects: fc.Arbitrary<Subject> = fc.array(
    fc.tuple(
      fc.constantFrom('O' as const, 'OU' as const, 'CN' as const, 'L' as const),
      values.filter((text) => text.trim() !== ''),
    ),
    { minLength: 1, maxLength: 5 },
  );
  const read = (subject: Subject) => readName(readDer(name(subject)));

  it('are the same in any case and spacing (RFC 5280, 7.1), and lie within every beginning of theirs', () => {
    fc.assert(
      fc.property(subjects, fc.nat(), (subject, at) => {
        const spaced = subject.map(
          ([type, text]) => [type, `  ${text.toUpperCase().replaceAll(' ', '   ')} `] as const,
        );
        expect(read(spaced).key).toBe(read(subject).key);
        const cut = 1 + (at % subject.length);
        expect(isWithin(read(subject), read(subject.slice(0, cut)))).toBe(true);
        if (cut < subject.length) expect(isWithin(read(subject.slice(0, cut)), read(subject))).toBe(false);
      }),
      { ...seed, numRuns: 300 },
    );
  });
});

describe('a signed file', () => {
  it('with any covered bit turned is never green', async () => {
    const original = indirectForm();
    const signer = softSigner(people[1]!);
    const request = { target: { kind: 'new', page: 0 } } as const;
    const { tail } = await signDocument(openPdf(memorySource(original)), request, signer);
    const file = Buffer.concat([original, tail]);
    const options = {
      anchors: [importedAnchor(readCertificate(authority.root.certificate))],
      checkRevocation: false,
    };
    expect((await verifySource(memorySource(file), options)).verdict).toBe('valid');
    const hole = file.indexOf('/Contents <', undefined, 'latin1') + '/Contents <'.length;
    const holeEnd = file.indexOf('>', hole, 'latin1');
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (at) => {
        const changed = turned(file, at);
        const byte = (at % (file.length * 8)) >> 3;
        const { verdict } = await verifySource(memorySource(changed), options);
        // Between the brackets stands the signature itself: its certificates' own bits are no part of what is signed.
        if (byte < hole || byte >= holeEnd) expect(verdict).not.toMatch(/^valid/);
      }),
      { ...seed, numRuns: 600 },
    );
  });
});
