/** Certificates, lists and answers made to cost, each with the door it comes through. */
import { randomBytes } from 'node:crypto';
import {
  bitString,
  boolean,
  context,
  contextOctets,
  encode,
  enumerated,
  integer,
  nullValue,
  octetString,
  oid,
  retag,
  sequence,
  setOf,
  time,
  utf8String,
} from '../../src/main/asn1/der-write.ts';
import { contextTag, readDer, tag } from '../../src/main/asn1/der.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import {
  extension,
  issue,
  issueCrl,
  serialOctets,
  signatureAlgorithm,
  signBytes,
  subjectOf,
} from '../pki/ca.ts';
import type { Identity } from '../pki/ca.ts';
import { LETTER, writePdf } from './pdf-text.ts';

export type Door = 'certificate' | 'cms' | 'crl' | 'ocsp' | 'tsa' | 'damaged' | 'form';
export interface CostlyPart {
  readonly door: Door;
  /** Bytes that go in: of a `certificate` the chain as a bundle, leaf first, and the anchor last. */
  readonly make: () => Promise<Uint8Array> | Uint8Array;
  /** What comes out. */
  readonly outcome: RegExp;
}

const many = (count: number, make: (i: number) => Uint8Array): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));
const policy = (i: number): Uint8Array => oid(`2.999.${i}`);
const nested = (depth: number): Buffer => Buffer.alloc(depth * 2, '3080', 'hex');

/** A degenerate SignedData (RFC 5652, 5.2). */
const bundle = (certificates: readonly Uint8Array[]): Uint8Array =>
  sequence(
    oid(oids.signedData),
    context(
      0,
      sequence(
        integer(1),
        setOf(),
        sequence(oid(oids.data)),
        // In the order given: no SET of DER, as the files of the wild are.
        encode(contextTag(0), Buffer.concat(certificates)),
        setOf(),
      ),
    ),
  );

type Extensions = Readonly<Record<string, Uint8Array>>;

/** Root, `depth` authorities and a leaf, all with these extensions. */
async function chain(
  depth: number,
  authority: Extensions,
  leaf: Extensions = authority,
): Promise<Uint8Array> {
  const root = await issue(null, { profile: 'root', subject: [['CN', 'Gốc']], keyType: 'p-256' });
  const path: Identity[] = [root];
  for (let n = 0; n < depth; n++) {
    const extensions = { [oids.basicConstraints]: sequence(boolean(true)), ...authority };
    path.push(
      await issue(path.at(-1)!, {
        profile: 'ca',
        subject: [['CN', `CA ${n}`]],
        keyType: 'p-256',
        extensions,
      }),
    );
  }
  path.push(
    await issue(path.at(-1)!, {
      profile: 'signer',
      subject: [['CN', 'Lá']],
      keyType: 'p-256',
      extensions: leaf,
    }),
  );
  return bundle(path.toReversed().map(({ certificate }) => certificate));
}

const policies = (count: number): Uint8Array => sequence(many(count, (i) => sequence(policy(i))));
const mappings = (count: number): Uint8Array =>
  sequence(many(count, (i) => sequence(policy(i), policy((i * 7919) % count))));
const directory = (i: number): Uint8Array =>
  context(4, sequence(setOf(sequence(oid(oids.commonName), utf8String(`${i}`)))));
const dns = (i: number): Uint8Array => contextOctets(2, Buffer.from(`${i}.vn`));

let authority: Promise<Identity> | undefined;
const ca = (): Promise<Identity> =>
  (authority ??= issue(null, { profile: 'root', subject: [['CN', 'Gốc']], keyType: 'p-256' }));

/** A list of these entries, signed. */
async function list(entries: Uint8Array, extensions: Uint8Array = Buffer.alloc(0)): Promise<Uint8Array> {
  const { key, certificate } = await ca();
  const algorithm = signatureAlgorithm(key);
  const now = Date.now();
  const tbs = sequence(
    integer(1),
    algorithm,
    subjectOf(certificate),
    time(now - 60_000),
    time(now + 86_400_000),
    sequence(entries),
    context(0, sequence(extension(oids.crlNumber, integer(1), false), extensions)),
  );
  return sequence(tbs, algorithm, bitString(signBytes(key, tbs)));
}
const at = time(Date.now() - 60_000);
const entry = (serial: Uint8Array, ...more: Uint8Array[]): Uint8Array =>
  sequence(encode(tag.integer, serial), at, ...more);
const serial = (i: number): Uint8Array => {
  const octets = Buffer.alloc(8, 0x40);
  octets.writeUInt32BE(Math.imul(i, 2_654_435_761) >>> 0, 4);
  return octets;
};
const reason = (): Uint8Array => sequence(extension(oids.reasonCode, enumerated(1), false));

const basic = (responses: Uint8Array, extensions: Uint8Array = sequence()): Uint8Array => {
  const tbs = sequence(
    context(2, octetString(randomBytes(20))),
    time(Date.now()),
    sequence(responses),
    context(1, extensions),
  );
  const whole = sequence(tbs, sequence(oid(oids.sha256WithRsa), nullValue()), bitString(randomBytes(256)));
  return sequence(enumerated(0), context(0, sequence(oid(oids.ocspBasic), octetString(whole))));
};

export const costlyParts: Readonly<Record<string, CostlyPart>> = {
  'a chain of thousands of policies, all mapped': {
    door: 'certificate',
    make: () =>
      chain(6, { [oids.certificatePolicies]: policies(6000), [oids.policyMappings]: mappings(6000) }),
    outcome: /^(valid|policy)$/,
  },
  'thousands of names against thousands of constraints': {
    door: 'certificate',
    make: () =>
      chain(
        2,
        {
          [oids.nameConstraints]: sequence(
            retag(contextTag(0), sequence(many(8000, (i) => sequence(directory(i))))),
          ),
        },
        { [oids.subjectAltName]: sequence(many(8000, directory)) },
      ),
    outcome: /^name-constraints$/,
  },
  'thousands of hosts against thousands that are excluded': {
    door: 'certificate',
    make: () =>
      chain(
        2,
        {
          [oids.nameConstraints]: sequence(
            retag(contextTag(1), sequence(many(12_000, (i) => sequence(dns(i + 50_000))))),
          ),
        },
        { [oids.subjectAltName]: sequence(many(12_000, dns)) },
      ),
    outcome: /^name-constraints$/,
  },
  'forty look-alike authorities of one name': {
    door: 'certificate',
    make: async () => {
      const spec = { profile: 'ca', subject: [['CN', 'CA']], keyType: 'p-256' } as const;
      const alike: Identity[] = [];
      for (let n = 0; n < 40; n++) alike.push(await issue(alike.at(-1) ?? null, spec));
      const leaf = await issue(alike[20]!, { ...spec, profile: 'signer' });
      return bundle([leaf, ...alike, await ca()].map(({ certificate }) => certificate));
    },
    outcome: /^(no-path|not-a-ca|path-too-long|wrong-issuer|bad-signature)$/,
  },
  'a name of a quarter megabyte': {
    door: 'certificate',
    make: async () => {
      const long = await issue(null, {
        profile: 'root',
        subject: [['CN', 'x'.repeat(260_000)]],
        keyType: 'p-256',
      });
      return long.certificate;
    },
    outcome: /^signature\.trust-unreadable$/,
  },
  'a name of ten thousand parts': {
    door: 'certificate',
    make: async () =>
      (
        await issue(null, {
          profile: 'root',
          subject: Array.from({ length: 10_000 }, () => ['CN', 'x'] as const),
        })
      ).certificate,
    outcome: /^signature\.trust-unreadable$/,
  },
  'an extension of a hundred thousand values': {
    door: 'certificate',
    make: async () =>
      (
        await issue(null, {
          profile: 'root',
          subject: [['CN', 'Gốc']],
          extensions: { [oids.extendedKeyUsage]: sequence(many(50_000, () => oid('2.5'))) },
        })
      ).certificate,
    outcome: /^(no-path|valid)$/,
  },
  'certificates inside of each other without end': {
    door: 'certificate',
    make: () => nested(500_000),
    outcome: /^signature\.trust-unreadable$/,
  },
  'a CMS of indefinite lengths': {
    door: 'cms',
    make: () => nested(500_000),
    outcome: /^integrity\.bad-format$/,
  },
  'a CMS in a million pieces': {
    door: 'cms',
    make: () =>
      Buffer.concat([
        Buffer.from('2480', 'hex'),
        many(1_000_000, () => Buffer.from('0400', 'hex')),
        Buffer.alloc(2),
      ]),
    outcome: /^integrity\.bad-format$/,
  },
  'a CMS of a length of four gigabytes': {
    door: 'cms',
    make: () => Buffer.from('3084ffffffff30', 'hex'),
    outcome: /^integrity\.bad-format$/,
  },
  'a CMS of three thousand certificates': {
    door: 'cms',
    make: async () => {
      const { certificate } = await ca();
      return bundle(Array.from({ length: 3000 }, () => certificate));
    },
    outcome: /^integrity\.bad-format$/,
  },
  'a list of three hundred thousand, unsorted': {
    door: 'crl',
    make: () => list(many(300_000, (i) => entry(serial(i), reason()))),
    outcome: /^good$/,
  },
  'a list of one entry three hundred thousand times': {
    door: 'crl',
    make: async () => {
      const one = entry(serialOctets((await ca()).certificate));
      return list(many(300_000, () => one));
    },
    outcome: /^revoked$/,
  },
  'a list whose entries each have an extension nobody knows': {
    door: 'crl',
    make: () =>
      list(many(200_000, (i) => entry(serial(i), sequence(extension('2.999.1', nullValue(), false))))),
    outcome: /^good$/,
  },
  'a list with an extension of twenty megabytes': {
    door: 'crl',
    make: () => list(entry(serial(1)), extension('2.999.1', octetString(Buffer.alloc(20 << 20)), false)),
    outcome: /^good$/,
  },
  'a list of a hundred thousand extensions': {
    door: 'crl',
    make: () =>
      list(
        entry(serial(1)),
        many(100_000, (i) => extension(`2.999.${i}`, nullValue(), false)),
      ),
    outcome: /^good$/,
  },
  'a list above all size': {
    door: 'crl',
    make: () => list(Buffer.alloc(65 << 20)),
    outcome: /^signature\.crl-unusable$/,
  },
  'a list that says it is good for ever': {
    door: 'crl',
    make: async () => issueCrl(await ca(), { nextUpdate: Date.UTC(9999, 0) }),
    outcome: /^good$/,
  },
  'an answer of a hundred thousand responses': {
    door: 'ocsp',
    make: () => basic(many(100_000, () => sequence())),
    outcome: /^signature\.ocsp-unusable$/,
  },
  'an answer of a hundred thousand extensions': {
    door: 'ocsp',
    make: () =>
      basic(Buffer.alloc(0), sequence(many(100_000, (i) => extension(`2.999.${i}`, nullValue(), false)))),
    outcome: /^signature\.ocsp-unusable$/,
  },
  'an answer inside of itself': {
    door: 'ocsp',
    make: () => nested(100_000),
    outcome: /^signature\.ocsp-unusable$/,
  },
  'an answer of fifty megabytes of nothing': {
    door: 'ocsp',
    make: () => Buffer.alloc(50 << 20),
    outcome: /^signature\.ocsp-unusable$/,
  },
  'a timestamp inside of itself': { door: 'tsa', make: () => nested(100_000), outcome: /^signature\./ },
  'a timestamp of a hundred thousand values': {
    door: 'tsa',
    make: () => sequence(many(100_000, () => nullValue())),
    outcome: /^signature\./,
  },
  'a timestamp of fifty megabytes': {
    door: 'tsa',
    make: () => sequence(sequence(integer(0)), octetString(Buffer.alloc(50 << 20))),
    outcome: /^signature\./,
  },
  'a damaged file of a million streams without an end': {
    door: 'damaged',
    make: () => Buffer.from(`%PDF-1.7\n${'1 0 obj<<>>stream\n'.repeat(1_000_000)}`),
    outcome: /^pdf\./,
  },
  'a damaged file of a million streams that end together': {
    door: 'damaged',
    make: () => Buffer.from(`%PDF-1.7\n${'1 0 obj<<>>stream\n'.repeat(1_000_000)}endstream\n`),
    outcome: /^pdf\./,
  },
  'a damaged file of a million trailers': {
    door: 'damaged',
    make: () => Buffer.from(`%PDF-1.7\n${'trailer<</Root 1 0 R>>\n'.repeat(1_000_000)}`),
    outcome: /^pdf\./,
  },
  'a damaged file of five million digits': {
    door: 'damaged',
    make: () => Buffer.from(`%PDF-1.7\n${'1 '.repeat(5_000_000)}`),
    outcome: /^pdf\./,
  },
  'a field whose style is two million slashes': {
    door: 'form',
    make: () => {
      const style = `(${'/'.repeat(2_000_000)} Tf)`;
      return writePdf({
        ...LETTER,
        1: LETTER[1]!.replace(/>>$/, '/AcroForm << /Fields [7 0 R] >> >>'),
        3: LETTER[3]!.replace(/>>$/, '/Annots [7 0 R] >>'),
        7: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /P 3 0 R /Rect [72 600 272 620] /DA ${style} >>`,
      });
    },
    outcome: /^filled$/,
  },
};

/** The certificate that signs the lists above. */
export const listSigner = async () => readCertificate(readDer((await ca()).certificate).raw);
