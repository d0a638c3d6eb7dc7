/** Verification at the proven time: timestamps in signatures, document timestamps, and evidence kept in the file. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { issue, issueCrl, serialOctets } from '../../../tests/pki/ca.ts';
import type { Identity } from '../../../tests/pki/ca.ts';
import { ocspAnswer } from '../../../tests/pki/services/ocsp.ts';
import type { OcspFault } from '../../../tests/pki/services/ocsp.ts';
import { timestampAnswer } from '../../../tests/pki/services/tsa.ts';
import type { TimestampFault } from '../../../tests/pki/services/tsa.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { openPdf } from '../pdf/reader.ts';
import { embedSignature, prepareSignature } from '../pdf/signature-field.ts';
import { memorySource } from '../pdf/source.ts';
import { nullValue } from '../asn1/der-write.ts';
import { fields, readDer, tag } from '../asn1/der.ts';
import { storeUpdate } from '../pdf/dss.ts';
import { ocspRequest } from './online/revocation.ts';
import { timestampRequest } from './online/tsa.ts';
import { signDocument } from './sign.ts';
import { importedAnchor } from '../x509/trust.ts';
import { verifySource } from './verify.ts';
import type { VerifyOptions } from './verify.ts';
import { readCertificate } from '../x509/certificate.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const NOW = Date.UTC(2026, 10, 20, 3);

const lasting = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2045, 0, 1) };

let letter: Uint8Array;
/** One authority whose certificates last from 2020 to 2045, and two that ended in 2023. */
let pki: Record<
  'root' | 'issuing' | 'tsa' | 'ocsp' | 'principal' | 'agency' | 'oldSigner' | 'oldTsa',
  Identity
>;
beforeAll(async () => {
  const ended = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2023, 0, 1) };
  const root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']], ...lasting });
  const issuing = await issue(root, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']], ...lasting });
  const leaf = (profile: 'signer' | 'tsa' | 'ocsp', name: string, period = lasting) =>
    issue(issuing, { profile, subject: [['CN', name]], crlUrl: 'http://127.0.0.1:9/ca.crl', ...period });
  pki = {
    root,
    issuing,
    tsa: await leaf('tsa', 'TSA Ví Dụ'),
    ocsp: await leaf('ocsp', 'OCSP Ví Dụ'),
    principal: await leaf('signer', 'Nguyễn Thị Ví Dụ'),
    agency: await leaf('signer', 'Trường Tiểu học Ví Dụ'),
    oldSigner: await leaf('signer', 'Nguyễn Thị Ví Dụ', ended),
    oldTsa: await leaf('tsa', 'TSA Ví Dụ cũ', ended),
  };
  letter = await drawLetter(SAMPLE_LETTER);
});

/** The token a timestamp authority gives over `bytes`. */
function token(bytes: Uint8Array, authority: Identity, at: number, fault?: TimestampFault): Uint8Array {
  const digest = createHash('sha256').update(bytes).digest();
  return tokenOverDigest(digest, authority, at, fault);
}

function tokenOverDigest(
  digest: Uint8Array,
  authority: Identity,
  at: number,
  fault?: TimestampFault,
): Uint8Array {
  const answer = fields(
    readDer(timestampAnswer(timestampRequest(digest, Uint8Array.of(7)), { authority, at, fault })),
  );
  answer.next(tag.sequence);
  return answer.next(tag.sequence).raw;
}

/** Signed when the machine's own clock said `clock`, with another time written. */
async function signAs(who: Identity, clock: number, written: number): Promise<Buffer> {
  const request = { target: { kind: 'new', page: 0 }, signingTime: new Date(written) } as const;
  const { tail } = await signDocument(openPdf(memorySource(letter)), request, softSigner(who), clock);
  return Buffer.concat([letter, tail]);
}

interface Stamp {
  readonly authority: Identity;
  readonly at: number;
  readonly fault?: TimestampFault;
}

async function sign(who: Identity, at: number, stamp?: Stamp, file: Uint8Array = letter): Promise<Buffer> {
  const { tail } = await signDocument(
    openPdf(memorySource(file)),
    { target: { kind: 'new', page: 0 } },
    softSigner(who),
    at,
    stamp && {
      reserveBytes: 16_384,
      request: (signature) => Promise.resolve(token(signature, stamp.authority, stamp.at, stamp.fault)),
    },
  );
  return Buffer.concat([file, tail]);
}

function withDocumentTimestamp(
  bytes: Buffer,
  authority: Identity,
  at: number,
  name = 'DAU_THOI_GIAN_1',
): Buffer {
  const prepared = prepareSignature(openPdf(memorySource(bytes)), {
    target: { kind: 'new', page: 0, name },
    subFilter: 'ETSI.RFC3161',
    contentsBytes: 16_384,
  });
  return Buffer.concat([bytes, embedSignature(prepared, tokenOverDigest(prepared.digest, authority, at))]);
}

/** The file with these lists in its security store. */
function withStore(bytes: Buffer, ...crls: Uint8Array[]): Buffer {
  const proof = { contents: new Uint8Array(8), Certs: [], OCSPs: [], CRLs: crls };
  return Buffer.concat([bytes, storeUpdate(openPdf(memorySource(bytes)), [proof]) ?? new Uint8Array()]);
}

/** Lists as they stood at `at`, for a week. */
function listsOf(at: number, ...revoked: { who: Identity; at: number }[]): Uint8Array[] {
  const period = { thisUpdate: at, nextUpdate: at + 7 * DAY };
  return [
    issueCrl(pki.root, period),
    issueCrl(pki.issuing, {
      ...period,
      revoked: revoked.map(({ who, at: when }) => ({ serial: serialOctets(who.certificate), at: when })),
    }),
  ];
}

async function judge(bytes: Buffer, options: VerifyOptions = {}) {
  const result = await verifySource(memorySource(bytes), {
    anchors: [importedAnchor(readCertificate(pki.root.certificate))],
    crls: listsOf(NOW - HOUR),
    at: NOW,
    ...options,
  });
  const [first] = result.signatures;
  return { ...result, first, codes: first?.findings.map(({ code }) => code) ?? [] };
}

describe('a timestamp in the signature', () => {
  it('proves when it was signed', async () => {
    const at = NOW - DAY;
    const result = await judge(await sign(pki.principal, at, { authority: pki.tsa, at: at + 5000 }));
    expect(result.verdict).toBe('valid');
    expect(result.first?.timestampAt).toBe(at + 5000);
    expect(result.codes).toContain('time.timestamp-good');
  });

  it('of somebody nobody trusts proves nothing and is said', async () => {
    const stranger = await issue(null, { profile: 'root', subject: [['CN', 'Lạ']] });
    const authority = await issue(stranger, { profile: 'tsa', subject: [['CN', 'TSA lạ']] });
    const result = await judge(await sign(pki.principal, NOW - DAY, { authority, at: NOW - DAY }));
    expect(result.first?.timestampAt).toBeNull();
    expect(result.codes).toContain('time.timestamp-untrusted');
  });

  it.each([['imprint'], ['signature']] as const)('with a wrong %s is dropped, with a note', async (fault) => {
    const bytes = await sign(pki.principal, NOW - DAY, { authority: pki.tsa, at: NOW - DAY, fault });
    const result = await judge(bytes);
    expect(result.verdict).toBe('valid');
    expect(result.codes).toContain('time.timestamp-invalid');
    expect(result.codes).not.toContain('time.timestamp-good');
    const { signatures } = await verifySource(memorySource(bytes), { checkChain: false });
    expect(signatures[0]?.findings.map(({ code }) => code)).toContain('time.timestamp-invalid');
  });

  it('over a digest that this program cannot make is left out of account, and the algorithm is named', async () => {
    const stamp = { authority: pki.tsa, at: NOW - DAY, fault: 'sha3-imprint' } as const;
    const result = await judge(await sign(pki.principal, NOW - DAY, stamp));
    expect(result.verdict).toBe('valid');
    expect(result.first?.timestampAt).toBeNull();
    expect(result.codes).not.toContain('time.timestamp-invalid');
    expect(result.first?.findings).toContainEqual(
      expect.objectContaining({ code: 'time.timestamp-unsupported', params: { algorithm: 'SHA3-256' } }),
    );
  });

  it('by a certificate that is for signing documents is red', async () => {
    const result = await judge(
      await sign(pki.principal, NOW - DAY, { authority: pki.agency, at: NOW - DAY }),
    );
    expect(result.codes).toContain('time.timestamp-invalid');
  });
});

describe('revocation', () => {
  const when = NOW - 10 * DAY;

  it('after the proven time is a note, before it is red', async () => {
    const bytes = withStore(
      await sign(pki.principal, when, { authority: pki.tsa, at: when }),
      ...listsOf(when + HOUR),
    );
    const later = await judge(bytes, { crls: listsOf(NOW - HOUR, { who: pki.principal, at: when + DAY }) });
    expect(later.codes).toContain('validity.revoked-later');
    expect(later.verdict).toBe('valid');
    const earlier = await judge(bytes, { crls: listsOf(NOW - HOUR, { who: pki.principal, at: when - DAY }) });
    expect(earlier.codes).toContain('validity.revoked');
    expect(earlier.verdict).toBe('invalid');
  });

  it('is red at any time when the signing time is only claimed', async () => {
    const bytes = withStore(await sign(pki.principal, when), ...listsOf(when + HOUR));
    const result = await judge(bytes, { crls: listsOf(NOW - HOUR, { who: pki.principal, at: NOW - DAY }) });
    expect(result.verdict).toBe('invalid');
  });

  it('is not answered by a list that was current at a claimed time only', async () => {
    const bytes = withStore(await sign(pki.principal, when), ...listsOf(when + HOUR));
    const result = await judge(bytes, { crls: [] });
    expect(result.verdict).toBe('indeterminate');
    expect(result.codes).toContain('validity.revocation-not-checked');
  });

  it('of the timestamp authority takes its proof away', async () => {
    const bytes = await sign(pki.principal, when, { authority: pki.tsa, at: when });
    const result = await judge(bytes, { crls: listsOf(NOW - HOUR, { who: pki.tsa, at: NOW - DAY }) });
    expect(result.codes).toContain('time.timestamp-untrusted');
  });
});

describe('an authority that was revoked', () => {
  const revokedAt = NOW - DAY;
  const crls = () => [
    issueCrl(pki.root, {
      thisUpdate: NOW - HOUR,
      nextUpdate: NOW + DAY,
      revoked: [{ serial: serialOctets(pki.issuing.certificate), at: revokedAt }],
    }),
    listsOf(NOW - HOUR)[1]!,
  ];
  const stamped = (at: number) => sign(pki.principal, at, { authority: stateTsa, at });
  let stateTsa: Identity;
  beforeAll(async () => {
    // Under another authority, which stands.
    stateTsa = await issue(pki.root, { profile: 'tsa', subject: [['CN', 'TSA Ví Dụ']], ...lasting });
  });

  it('makes red what is only claimed to be older, and what is newer', async () => {
    for (const bytes of [await sign(pki.principal, revokedAt - DAY), await stamped(revokedAt + HOUR)]) {
      const result = await judge(bytes, { crls: crls() });
      expect(result.codes).toContain('validity.ca-revoked');
      expect(result.verdict).toBe('invalid');
    }
  });

  it('leaves what is proven to be older', async () => {
    const result = await judge(await stamped(revokedAt - HOUR), { crls: crls() });
    expect(result.first?.timestampAt).toBe(revokedAt - HOUR);
    expect(result.codes).not.toContain('validity.ca-revoked');
    expect(result.verdict).not.toBe('invalid');
  });
});

describe('a certificate that does not last yet', () => {
  it('is red, and named so', async () => {
    const period = { notBefore: NOW + DAY, notAfter: Date.UTC(2045, 0, 1) };
    const early = await issue(pki.issuing, { profile: 'signer', subject: [['CN', 'Ai Đó']], ...period });
    const result = await judge(await sign(early, NOW + 2 * DAY));
    expect(result.codes).toContain('validity.not-yet-valid');
    expect(result.verdict).toBe('invalid');
  });
});

describe('OCSP answers', () => {
  /** What the responder says of the principal at `now`; the issuing authority itself stands in the root's list. */
  const answer = (
    now: number,
    entries: { revokedAt?: number; fault?: OcspFault; responder?: Identity } = {},
  ) => {
    const [subject, issuer] = [pki.principal, pki.issuing].map((one) => readCertificate(one.certificate));
    return ocspAnswer(ocspRequest(subject!, issuer!, Uint8Array.of(7)), {
      responder: entries.responder ?? pki.ocsp,
      stranger: pki.agency,
      now,
      revokedAt: () => entries.revokedAt,
      fault: entries.fault,
    });
  };
  const ask = async (...ocsps: Uint8Array[]) =>
    await judge(await sign(pki.principal, NOW - DAY), {
      crls: [issueCrl(pki.root, { thisUpdate: NOW - HOUR, nextUpdate: NOW + DAY })],
      ocsps,
    });

  it('are enough where there is no list', async () => {
    expect((await ask(answer(NOW - HOUR))).verdict).toBe('valid');
    expect((await ask()).verdict).toBe('indeterminate');
  });

  it('say revoked, or that they do not know', async () => {
    const revoked = await ask(answer(NOW - 2 * HOUR), answer(NOW - HOUR, { revokedAt: NOW - 90 * 60_000 }));
    expect(revoked.codes).toContain('validity.revoked');
    const unknown = await ask(answer(NOW - HOUR, { fault: 'unknown' }));
    expect(unknown.verdict).toBe('indeterminate');
    expect(unknown.codes).toContain('validity.ocsp-unknown');
  });

  it.each([['signature'], ['stranger'], ['expired'], ['other-certificate'], ['garbage']] as const)(
    'with the fault %s prove nothing',
    async (fault) => expect((await ask(answer(NOW - HOUR, { fault }))).verdict).toBe('indeterminate'),
  );

  it.each<[string, () => Promise<Identity>]>([
    [
      'somebody of an authority of the same name',
      async () => {
        const alike = await issue(null, { profile: 'root', subject: [['CN', 'CA Ví Dụ']] });
        return issue(alike, { profile: 'ocsp', subject: [['CN', 'OCSP Ví Dụ']], ...lasting });
      },
    ],
    [
      'somebody above',
      () => issue(pki.root, { profile: 'ocsp', subject: [['CN', 'OCSP Ví Dụ']], ...lasting }),
    ],
    ['somebody for other things', () => Promise.resolve(pki.agency)],
    [
      'somebody who may no more',
      () =>
        issue(pki.issuing, {
          profile: 'ocsp',
          subject: [['CN', 'OCSP Ví Dụ']],
          notBefore: 0,
          notAfter: NOW - DAY,
        }),
    ],
    [
      'somebody who may not yet',
      () =>
        issue(pki.issuing, {
          profile: 'ocsp',
          subject: [['CN', 'OCSP Ví Dụ']],
          ...lasting,
          notBefore: NOW + HOUR,
        }),
    ],
    [
      'somebody whose certificate asks for more than we know',
      () =>
        issue(pki.issuing, {
          profile: 'ocsp',
          subject: [['CN', 'OCSP Ví Dụ']],
          ...lasting,
          extensions: { '2.999.1': nullValue() },
          critical: ['2.999.1'],
        }),
    ],
  ])('of %s prove nothing', async (_, make) => {
    expect((await ask(answer(NOW - HOUR, { responder: await make() }))).verdict).toBe('indeterminate');
  });

  it.each([
    [HOUR, 2 * HOUR],
    [2 * HOUR, HOUR],
    [2 * HOUR, null],
    [null, 2 * HOUR],
  ])('and lists: a revocation in either counts, the earlier of two (%j and %j ago)', async (ocsp, list) => {
    const revoked = list === null ? [] : [{ who: pki.principal, at: NOW - list }];
    const [own, spoken] = [
      listsOf(NOW - HOUR / 2, ...revoked),
      answer(NOW - HOUR / 2, ocsp === null ? {} : { revokedAt: NOW - ocsp }),
    ];
    const { first } = await judge(await sign(pki.principal, NOW - DAY), { crls: own, ocsps: [spoken] });
    expect(first?.findings).toContainEqual({
      aspect: 'validity',
      code: 'validity.revoked',
      params: { revokedAt: NOW - 2 * HOUR },
    });
  });

  it('from later than the check prove nothing', async () => {
    expect((await ask(answer(NOW + DAY))).verdict).toBe('indeterminate');
  });
});

describe('decades', () => {
  const signedAt = Date.UTC(2022, 5, 1);
  const lists = () => listsOf(signedAt + HOUR);

  it('a signature with evidence and archive timestamp outlives its certificates', async () => {
    const stamped = await sign(pki.oldSigner, signedAt, { authority: pki.oldTsa, at: signedAt + 1000 });
    const archived = withDocumentTimestamp(withStore(stamped, ...lists()), pki.tsa, signedAt + 2 * HOUR);
    const result = await judge(archived, { crls: [] });
    expect(result.changes.map(({ kind }) => kind)).toEqual(['validation-data-added', 'timestamp-added']);
    expect(result.first).toMatchObject({ timestampAt: signedAt + 1000, lights: { validity: 'good' } });
    expect(result.verdict).toBe('valid');
  });

  it('without the archive timestamp the expired authority proves nothing any more', async () => {
    const stamped = await sign(pki.oldSigner, signedAt, { authority: pki.oldTsa, at: signedAt + 1000 });
    const result = await judge(withStore(stamped, ...lists()), { crls: [] });
    expect(result.codes).toContain('time.timestamp-untrusted');
    expect(result.verdict).toBe('indeterminate');
  });

  it('a document timestamp alone proves the time of a signature without one', async () => {
    const plain = withStore(await sign(pki.oldSigner, signedAt), ...lists());
    const result = await judge(withDocumentTimestamp(plain, pki.tsa, signedAt + 2 * HOUR), { crls: [] });
    expect(result.first?.timestampAt).toBe(signedAt + 2 * HOUR);
    expect(result.verdict).toBe('valid');
  });

  it('a document timestamp proves nothing of what was signed after it', async () => {
    const before = withDocumentTimestamp(Buffer.from(letter), pki.tsa, NOW - DAY);
    const { signatures } = await judge(await sign(pki.principal, NOW - HOUR, undefined, before));
    expect(signatures.map(({ kind, timestampAt }) => [kind, timestampAt])).toEqual([
      ['timestamp', NOW - DAY],
      ['signature', null],
    ]);
  });

  it('archive timestamps are renewed before they end, and each saves the one before', async () => {
    const stamped = withStore(
      await sign(pki.oldSigner, signedAt, { authority: pki.oldTsa, at: signedAt }),
      ...lists(),
    );
    const once = withDocumentTimestamp(stamped, pki.oldTsa, signedAt + 2 * HOUR);
    expect((await judge(once, { crls: [] })).verdict).toBe('indeterminate');
    const twice = withDocumentTimestamp(once, pki.tsa, signedAt + DAY, 'DAU_THOI_GIAN_2');
    const saved = await judge(twice, { crls: [] });
    expect(saved.verdict).toBe('valid');
    // The oldest of them counts, since each later one saved it.
    expect(saved.first?.timestampAt).toBe(signedAt);
    const bare = withStore(await sign(pki.oldSigner, signedAt), ...lists());
    const first = withDocumentTimestamp(bare, pki.oldTsa, signedAt + 2 * HOUR);
    const second = withDocumentTimestamp(first, pki.tsa, signedAt + DAY, 'DAU_THOI_GIAN_2');
    expect((await judge(second, { crls: [] })).first?.timestampAt).toBe(signedAt + 2 * HOUR);
  });
});

describe('claimed times', () => {
  it('local time written as UTC is recognised and named', async () => {
    const result = await judge(await sign(pki.principal, NOW + 7 * HOUR - 60_000));
    expect(result.codes).toContain('time.local-as-utc');
    expect(result.verdict).toBe('valid');
  });

  it('the certificate is judged at the time that was meant', async () => {
    const period = { notBefore: NOW - YEAR, notAfter: NOW + HOUR };
    const spec = { profile: 'signer', subject: [['CN', 'Sắp hết hạn']], ...period } as const;
    const signer = await issue(pki.issuing, { ...spec, crlUrl: 'http://127.0.0.1:9/ca.crl' });
    // Signed at NOW and so written; by that word alone the certificate had ended.
    const written = await signAs(signer, NOW, NOW + 7 * HOUR);
    expect((await judge(written)).codes).toContain('time.local-as-utc');
    expect((await judge(written)).verdict).toBe('valid');
  });

  it('hours ahead of its own timestamp that are not seven are a wrong clock', async () => {
    const at = NOW - DAY;
    const { codes } = await judge(await sign(pki.principal, at + 3 * HOUR, { authority: pki.tsa, at }));
    expect(codes).not.toContain('time.local-as-utc');
    expect(codes).toContain('time.clock-differs');
  });

  it('seven hours are never taken from a timestamp, only from the claim beside it', async () => {
    const at = NOW - DAY;
    const { codes, first } = await judge(
      await sign(pki.principal, at + 7 * HOUR, { authority: pki.tsa, at }),
    );
    expect(codes).toContain('time.local-as-utc');
    expect(first).toMatchObject({ timestampAt: at, claimedAt: at + 7 * HOUR });
    const ahead = await judge(await sign(pki.principal, at, { authority: pki.tsa, at: at + 7 * HOUR }));
    expect(ahead.codes).not.toContain('time.local-as-utc');
    expect(ahead.first?.timestampAt).toBe(at + 7 * HOUR);
  });

  it('more than five minutes from the timestamp are a note, on either side of it', async () => {
    const at = NOW - DAY;
    const codesOf = async (claimed: number) =>
      (await judge(await sign(pki.principal, claimed, { authority: pki.tsa, at }))).codes;
    for (const minutes of [-6, 6])
      expect(await codesOf(at + minutes * 60_000)).toContain('time.clock-differs');
    for (const minutes of [-4, 4])
      expect(await codesOf(at + minutes * 60_000)).not.toContain('time.clock-differs');
    // A document timestamp that came later is no contradiction; one from before the claim is.
    const later = withDocumentTimestamp(await sign(pki.principal, at), pki.tsa, at + HOUR);
    expect((await judge(later)).codes).not.toContain('time.clock-differs');
    const earlier = withDocumentTimestamp(await sign(pki.principal, at), pki.tsa, at - 6 * 60_000);
    const result = await judge(earlier);
    expect(result.first?.findings).toContainEqual({
      aspect: 'validity',
      code: 'time.clock-differs',
      params: { claimedAt: at, timestampAt: at - 6 * 60_000 },
    });
    expect(result.first?.lights.validity).toBe('caution');
    expect(result.verdict).toBe('valid');
  });

  it('a year ahead is no time zone and no time', async () => {
    const result = await judge(await sign(pki.principal, NOW + YEAR));
    expect(result.codes).not.toContain('time.local-as-utc');
    expect(result.codes).toContain('validity.no-time');
  });
});
