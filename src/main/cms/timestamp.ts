/** RFC 3161 timestamp tokens: what they cover and when, their signature included. */
import { readAlgorithm, digestOf, UnsupportedAlgorithm } from '../x509/algorithms.ts';
import { isTimestampAuthority } from '../x509/certificate-use.ts';
import { readSignedData } from './signed-data-read.ts';
import type { SignedData } from './signed-data-read.ts';
import { checkSignedData, hashOf } from './signed-data-verify.ts';
import type { CmsFacts, Content } from './signed-data-verify.ts';
import { DerError, fields, readDer, readInteger, readOid, readTime, tag } from '../asn1/der.ts';
import { oids } from '../asn1/oids.ts';
import { sameBytes } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

export interface TimestampFacts {
  /** UTC milliseconds the authority states; null when the token cannot be read. */
  readonly at: number | null;
  /** Null when the token holds over the content; then only its certificate is left to be judged. */
  readonly fault: string | null;
  /** The algorithm that kept it from being checked: the fault is then this program's, not the token's. */
  readonly unsupported?: string;
  readonly cms: CmsFacts | null;
  readonly data: SignedData | null;
}

export interface TimestampInfo {
  readonly at: number;
  readonly imprintAlgorithm: ReturnType<typeof readAlgorithm>;
  readonly imprint: Uint8Array;
  readonly nonce: bigint | undefined;
}

/** TSTInfo (RFC 3161, 2.4.2). @throws DerError */
export function readTimestampInfo(content: Uint8Array): TimestampInfo {
  const parts = fields(readDer(content));
  parts.next(tag.integer);
  readOid(parts.next(tag.oid));
  const imprint = fields(parts.next(tag.sequence));
  const imprintAlgorithm = readAlgorithm(imprint.next(tag.sequence));
  const hashed = imprint.next(tag.octetString).content;
  imprint.end();
  parts.next(tag.integer);
  const at = readTime(parts.next(tag.generalizedTime));
  parts.optional(tag.sequence);
  parts.optional(tag.boolean);
  const nonce = parts.optional(tag.integer);
  return { at, imprintAlgorithm, imprint: hashed, nonce: nonce && readInteger(nonce) };
}

/** Checks a token, already read, over what it should cover. */
export function checkTimestampContent(
  data: SignedData,
  content: Content,
  extra: readonly Certificate[],
): TimestampFacts {
  if (data.contentType !== oids.timestampInfo || !data.content)
    return { at: null, fault: 'not-a-timestamp', cms: null, data };
  try {
    const info = readTimestampInfo(data.content);
    const encapsulated = data.content;
    const cms = checkSignedData(data, () => [encapsulated], oids.timestampInfo, extra);
    if (!sameBytes(hashOf(content, digestOf(info.imprintAlgorithm)), info.imprint))
      return { at: info.at, fault: 'imprint', cms, data };
    if (cms.fault === 'unsupported')
      return { at: info.at, fault: cms.fault, unsupported: cms.detail, cms, data };
    const isAuthority = cms.certificate !== null && isTimestampAuthority(cms.certificate);
    return { at: info.at, fault: cms.fault ?? (isAuthority ? null : 'not-an-authority'), cms, data };
  } catch (error) {
    if (error instanceof UnsupportedAlgorithm)
      return { at: null, fault: 'unsupported', unsupported: error.algorithm, cms: null, data };
    if (error instanceof DerError) return { at: null, fault: error.message, cms: null, data };
    throw error;
  }
}

/** Checks a token from an unsigned attribute or a TSA's answer. */
export function checkTimestamp(
  token: Uint8Array,
  content: Content,
  extra: readonly Certificate[],
): TimestampFacts {
  try {
    return checkTimestampContent(readSignedData(token), content, extra);
  } catch (error) {
    if (error instanceof DerError) return { at: null, fault: error.message, cms: null, data: null };
    throw error;
  }
}
