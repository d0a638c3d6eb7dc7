/** Good input of every kind the program reads from outside, made anew in each run. */
import { createHash } from 'node:crypto';
import { ocspRequest } from '../../src/main/signature/online/revocation.ts';
import { timestampRequest } from '../../src/main/signature/online/tsa.ts';
import { children, readDer } from '../../src/main/asn1/der.ts';
import { readSignedData } from '../../src/main/cms/signed-data-read.ts';
import { signDocument } from '../../src/main/signature/sign.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import type { Certificate } from '../../src/main/x509/certificate.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { drawLetter, SAMPLE_LETTER } from '../fixtures/pdf/letters.ts';
import { qpdf } from '../fixtures/pdf/outside.ts';
import * as samples from '../fixtures/pdf/samples.ts';
import { issueCrl } from '../pki/ca.ts';
import { ocspAnswer } from '../pki/services/ocsp.ts';
import { startServices } from '../pki/services/server.ts';
import { timestampAnswer } from '../pki/services/tsa.ts';
import { softSigner } from '../pki/soft-signer.ts';

/** What the timestamp seeds answer. */
export const ASKED = {
  digest: createHash('sha256').update('fuzz').digest(),
  nonce: Buffer.from('4142434445464748', 'hex'),
  host: 'tsa',
} as const;

export interface Seeds {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  /** TimeStampResp. */
  readonly stamps: readonly Uint8Array[];
  /** TimeStampToken. */
  readonly tokens: readonly Uint8Array[];
  /** TSTInfo. */
  readonly infos: readonly Uint8Array[];
  readonly cms: readonly Uint8Array[];
  /** Unsigned PDFs of every structure. */
  readonly plain: readonly Uint8Array[];
  /** The same encrypted with an empty user password. */
  readonly encrypted: readonly Uint8Array[];
  /** Signed twice. */
  readonly signed: readonly Uint8Array[];
  readonly root: Certificate;
  readonly issuing: Certificate;
  readonly person: Certificate;
}

export async function makeSeeds(): Promise<Seeds> {
  const services = await startServices();
  await services.close();
  const { root, issuing, tsa, ocsp } = services;
  const people = await Promise.all(
    (['rsa-2048', 'p-256'] as const).map((keyType) =>
      services.certify({ subject: [['CN', 'Ai Đó']], keyType }),
    ),
  );
  const [person, issuer] = [people[0]!, readCertificate(issuing.certificate)];
  const asked = ocspRequest(readCertificate(person.certificate), issuer, ASKED.nonce);
  const answering = { responder: ocsp, stranger: ocsp, now: Date.now(), revokedAt: () => undefined };
  const stamps = (['indefinite', undefined] as const).map((fault) =>
    timestampAnswer(timestampRequest(ASKED.digest, ASKED.nonce), { authority: tsa, at: Date.now(), fault }),
  );
  const tokens = [children(readDer(stamps[1]!))[1]!.raw];
  const revoked = people.map(({ certificate }) => ({
    serial: readCertificate(certificate).serial,
    at: Date.now(),
  }));
  const plain = [
    samples.classicTable(),
    samples.hybrid(),
    samples.tagged(),
    samples.indirectForm(),
    samples.archival(1),
    await samples.objectStreams(),
    await samples.libraryForm(),
    await drawLetter(SAMPLE_LETTER),
  ];
  const signed = await Promise.all(
    [plain[0]!, plain[1]!, plain[2]!, plain[5]!, plain[7]!].map(async (bytes, n) => {
      const request = { target: { kind: 'new', page: 0 } } as const;
      const { tail } = await signDocument(openPdf(memorySource(bytes)), request, softSigner(people[n % 2]!));
      const once = Buffer.concat([bytes, tail]);
      const twice = await signDocument(openPdf(memorySource(once)), request, softSigner(person));
      return Buffer.concat([once, twice.tail]);
    }),
  );
  const hole = /\/Contents <([0-9a-f]+)>/.exec(Buffer.from(signed[0]!).toString('latin1'))?.[1] ?? '';
  const weak = ['--allow-weak-crypto'];
  return {
    certificates: [root, issuing, tsa, ocsp, ...people].map(({ certificate }) => certificate),
    crls: [issueCrl(issuing, { revoked })],
    ocsps: [ocspAnswer(asked, answering)],
    stamps,
    tokens,
    infos: [readSignedData(tokens[0]!).content!],
    cms: [Buffer.from(hole, 'hex'), ...tokens],
    plain,
    encrypted: [
      qpdf(plain[0]!, '--encrypt', '', 'owner', '256', '--'),
      qpdf(plain[5]!, ...weak, '--encrypt', '', 'owner', '128', '--use-aes=y', '--'),
      qpdf(plain[3]!, ...weak, '--encrypt', '', 'owner', '128', '--use-aes=n', '--'),
      qpdf(plain[0]!, ...weak, '--encrypt', '', 'owner', '40', '--'),
    ],
    signed,
    root: readCertificate(root.certificate),
    issuing: issuer,
    person: readCertificate(person.certificate),
  };
}
