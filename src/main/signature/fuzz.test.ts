/** Whatever stands in a file from outside, it ends in an answer or in an error of ours, and soon. */
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from '../../../tests/fuzz/mutate.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { classicTable, hybrid, objectStreams, tagged } from '../../../tests/fixtures/pdf/samples.ts';
import { issueCrl } from '../../../tests/pki/ca.ts';
import { ocspAnswer } from '../../../tests/pki/services/ocsp.ts';
import { startServices } from '../../../tests/pki/services/server.ts';
import { timestampAnswer } from '../../../tests/pki/services/tsa.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { openPdf } from '../pdf/reader.ts';
import { memorySource } from '../pdf/source.ts';
import { UnsupportedAlgorithm } from './algorithms.ts';
import { readPaddedSignedData, readSignedData } from './cms-read.ts';
import { readCrl } from './crl.ts';
import { children, DerError, readDer } from './der.ts';
import { readOcspResponse } from './online/ocsp.ts';
import { ocspRequest } from './online/revocation.ts';
import { readTimestampAnswer, timestampRequest } from './online/tsa.ts';
import { signDocument } from './sign.ts';
import { checkTimestamp, readTimestampInfo } from './timestamp.ts';
import { importedAnchor } from './trust.ts';
import type { TrustAnchor } from './trust.ts';
import { verifySource } from './verify.ts';
import { readCertificate } from './x509.ts';

const MS = 700;
const digest = randomBytes(32);
const nonce = Buffer.from('4142434445464748', 'hex');

let good: Record<
  'certificates' | 'crls' | 'ocsps' | 'stamps' | 'tokens' | 'infos' | 'cms' | 'files',
  Uint8Array[]
>;
let anchors: TrustAnchor[];
beforeAll(async () => {
  const services = await startServices();
  await services.close();
  const { root, issuing, tsa, ocsp } = services;
  const people = await Promise.all(
    (['rsa-2048', 'p-256'] as const).map((keyType) =>
      services.certify({ subject: [['CN', 'Ai Đó']], keyType }),
    ),
  );
  const asked = ocspRequest(
    readCertificate(people[0]!.certificate),
    readCertificate(issuing.certificate),
    nonce,
  );
  const answering = { responder: ocsp, stranger: ocsp, now: Date.now(), revokedAt: () => undefined };
  const stamps = (['indefinite', undefined] as const).map((fault) =>
    timestampAnswer(timestampRequest(digest, nonce), { authority: tsa, at: Date.now(), fault }),
  );
  const tokens = [children(readDer(stamps[1]!))[1]!.raw];
  const files = await Promise.all(
    [classicTable(), hybrid(), tagged(), await objectStreams(), await drawLetter(SAMPLE_LETTER)].map(
      async (bytes, n) => {
        const request = { target: { kind: 'new', page: 0 } } as const;
        const once = Buffer.concat([
          bytes,
          (await signDocument(openPdf(memorySource(bytes)), request, softSigner(people[n % 2]!))).tail,
        ]);
        const twice = await signDocument(openPdf(memorySource(once)), request, softSigner(people[0]!));
        return Buffer.concat([once, twice.tail]);
      },
    ),
  );
  const hole = /\/Contents <([0-9a-f]+)>/.exec(Buffer.from(files[0]!).toString('latin1'))?.[1] ?? '';
  good = {
    certificates: [root, issuing, tsa, ocsp, ...people].map(({ certificate }) => certificate),
    crls: [
      issueCrl(issuing, {
        revoked: people.map(({ certificate }) => ({
          serial: readCertificate(certificate).serial,
          at: Date.now(),
        })),
      }),
    ],
    ocsps: [ocspAnswer(asked, answering)],
    stamps,
    tokens,
    infos: [readSignedData(tokens[0]!).content!],
    cms: [Buffer.from(hole, 'hex'), ...tokens],
    files,
  };
  anchors = [importedAnchor(readCertificate(root.certificate))];
});

/** Errors of ours are answers. */
function tolerant(act: (bytes: Uint8Array) => unknown): (bytes: Uint8Array) => void {
  return (bytes) => {
    try {
      act(bytes);
    } catch (error) {
      if (!(error instanceof DerError || error instanceof UnsupportedAlgorithm || error instanceof DeskError))
        throw error;
    }
  };
}

describe('mutations of good input', () => {
  it.each([
    ['certificates', readCertificate],
    ['crls', readCrl],
    ['ocsps', readOcspResponse],
    ['stamps', (bytes) => readTimestampAnswer(bytes, { digest, nonce, host: 'tsa' })],
    ['tokens', (bytes) => checkTimestamp(bytes, () => [digest], [])],
    ['infos', readTimestampInfo],
    ['cms', readPaddedSignedData],
  ] as const satisfies readonly (readonly [keyof typeof good, (bytes: Uint8Array) => unknown])[])(
    '%s',
    async (kind, act) => {
      expect(await fuzz(good[kind], { seed: 20_261_120, ms: MS }, tolerant(act))).toBeGreaterThan(100);
    },
  );

  it('a timestamp answer that is taken says what was asked', async () => {
    const taken = new Set<number>();
    await fuzz(good.stamps, { seed: 7, ms: MS }, (bytes) => {
      tolerant(() => taken.add(readTimestampAnswer(bytes, { digest, nonce, host: 'tsa' }).at))(bytes);
    });
    expect(taken.size).toBeLessThanOrEqual(2);
  });

  it('signed files: never green when a byte outside the signatures differs', async () => {
    const originals = good.files.map((bytes) => Buffer.from(bytes));
    const signedPart = (bytes: Buffer) =>
      bytes
        .toString('latin1')
        .replace(/<[0-9a-fA-F]{2000,}>/g, '<>')
        .trimEnd();
    const honest = new Set(originals.flatMap((bytes) => prefixes(bytes).map(signedPart)));
    const count = await fuzz(good.files, { seed: 20_261_121, ms: 6 * MS }, async (bytes) => {
      const { verdict } = await verifySource(memorySource(bytes), { anchors, checkRevocation: false });
      if (verdict.startsWith('valid')) expect(honest).toContain(signedPart(bytes));
    });
    expect(count).toBeGreaterThan(100);
  });
});

/** The file as it was after each of its signatures. */
function prefixes(bytes: Buffer): Buffer[] {
  const ends = [...bytes.toString('latin1').matchAll(/%%EOF\n?/g)].map(
    ({ index, 0: mark }) => index + mark.length,
  );
  return ends.map((end) => bytes.subarray(0, end));
}
