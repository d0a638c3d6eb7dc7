/** Timestamps by RFC 3161 over HTTP, made for a slow server: the state's has been seen to take 2 to 131 seconds. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DeskError } from '../../../shared/errors/index.ts';
import { digestOf, UnsupportedAlgorithm } from '../../x509/algorithms.ts';
import { normaliseBer } from '../../asn1/ber.ts';
import { isTimestampAuthority, signerName } from '../../x509/certificate-use.ts';
import { readSignedData } from '../../cms/signed-data-read.ts';
import { checkSignedData } from '../../cms/signed-data-verify.ts';
import { boolean, integer, octetString, oid, sequence } from '../../asn1/der-write.ts';
import {
  DerError,
  fields,
  hasBit,
  readBitString,
  readDer,
  readOid,
  readSmallInteger,
  readText,
  children,
  tag,
} from '../../asn1/der.ts';
import { oids } from '../../asn1/oids.ts';
import { findAnchoredPath } from '../../x509/anchored-path.ts';
import { readTimestampInfo } from '../../cms/timestamp.ts';
import type { TrustAnchor } from '../../x509/trust.ts';
import { sameBytes } from '../../x509/certificate.ts';
import type { Certificate } from '../../x509/certificate.ts';
import type { HttpClient } from './http.ts';

export interface TimestampSettings {
  /** Tried in turn. */
  readonly urls: readonly string[];
  readonly timeoutMs: number;
  /** Attempts in all, and the pause before each but the first. */
  readonly tries: number;
  readonly pauseMs: number;
  /** The only policy accepted, when one is named. */
  readonly policy?: string;
}

/** The government's service, by its new and its old address. */
export const STATE_TSA: TimestampSettings = {
  urls: ['http://tsa.ca.gov.vn', 'http://ca.gov.vn/tsa'],
  timeoutMs: 180_000,
  tries: 3,
  pauseMs: 2_000,
};

export interface TimestampService {
  readonly settings: TimestampSettings;
  readonly http: HttpClient;
  /** When given, the authority must have a valid path to one of them. */
  readonly anchors?: readonly TrustAnchor[];
  readonly signal?: AbortSignal;
  /** Called as each attempt begins. */
  readonly onAttempt?: (attempt: number, tries: number) => void;
}

export interface Timestamp {
  /** The ContentInfo: an unsigned attribute, or /Contents of a document timestamp. */
  readonly token: Uint8Array;
  /** UTC milliseconds. */
  readonly at: number;
  readonly authority: Certificate;
  readonly policy: string;
}

const MAX_ANSWER = 256 * 1024;

/**
 * A timestamp over a SHA-256 digest. An unreachable or failing server is asked again; a wrong answer is not, since
 * the next one would be no better.
 * @throws those of the HTTP client; signature.tsa-rejected, signature.tsa-wrong-answer, signature.tsa-untrusted
 */
export async function requestTimestamp(digest: Uint8Array, service: TimestampService): Promise<Timestamp> {
  const { settings, signal } = service;
  for (let attempt = 1; ; attempt++) {
    const url = settings.urls[(attempt - 1) % settings.urls.length];
    if (url === undefined) throw new DeskError('signature.tsa-missing');
    service.onAttempt?.(attempt, settings.tries);
    try {
      return await ask(url, digest, service);
    } catch (error) {
      const mayPass = error instanceof DeskError && PASSING.has(error.code);
      if (!mayPass || attempt >= settings.tries) throw error;
      await pause(settings.pauseMs, new URL(url).hostname, signal);
    }
  }
}

/** Failures of a moment. */
const PASSING: ReadonlySet<string> = new Set([
  'signature.service-unreachable',
  'signature.service-timeout',
  'signature.service-refused',
]);

async function pause(ms: number, host: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    throw new DeskError('signature.service-stopped', { host }, error);
  }
}

async function ask(url: string, digest: Uint8Array, service: TimestampService): Promise<Timestamp> {
  const { settings, http, signal, anchors } = service;
  const nonce = positiveNonce();
  const answer = await http({
    url,
    body: { type: 'application/timestamp-query', bytes: timestampRequest(digest, nonce, settings.policy) },
    timeoutMs: settings.timeoutMs,
    maxBytes: MAX_ANSWER,
    ...(signal && { signal }),
  });
  const host = new URL(url).hostname;
  const timestamp = readTimestampAnswer(answer, { digest, nonce, host, ...policyOf(settings) });
  if (anchors) checkAuthority(timestamp, anchors);
  return timestamp;
}

const policyOf = ({ policy }: TimestampSettings): { policy?: string } =>
  policy === undefined ? {} : { policy };

/** 64 bits, which every server takes; the leading bit clear so that it is the same number to signed readers. */
function positiveNonce(): Uint8Array {
  const nonce = randomBytes(8);
  nonce[0] = (nonce[0]! & 0x7f) | 0x40;
  return nonce;
}

/** TimeStampReq (RFC 3161, 2.4.1) that wants the authority's certificate back. */
export function timestampRequest(digest: Uint8Array, nonce: Uint8Array, policy?: string): Uint8Array {
  return sequence(
    integer(1),
    sequence(sequence(oid(oids.sha256)), octetString(digest)),
    ...(policy === undefined ? [] : [oid(policy)]),
    integer(nonce),
    boolean(true),
  );
}

interface Asked {
  readonly digest: Uint8Array;
  readonly nonce: Uint8Array;
  readonly policy?: string;
  readonly host: string;
}

/**
 * The token of a TimeStampResp, once it is what was asked for (RFC 3161, 2.4.2).
 * @throws signature.tsa-rejected, signature.tsa-wrong-answer
 */
export function readTimestampAnswer(answer: Uint8Array, asked: Asked): Timestamp {
  const { host } = asked;
  try {
    const { der, length } = normaliseBer(answer);
    if (length !== answer.length) throw new DerError('bytes behind the answer');
    const parts = fields(readDer(der));
    const refusal = readRefusal(parts.next(tag.sequence).raw);
    if (refusal !== null) throw new DeskError('signature.tsa-rejected', { host, detail: refusal });
    const token = parts.next(tag.sequence).raw;
    parts.end();
    const read = readToken(token);
    const fault = faultOf(read, asked);
    if (fault !== null || !read.authority)
      throw new DeskError('signature.tsa-wrong-answer', { host, detail: fault ?? 'no-certificate' });
    return { token, at: read.info.at, authority: read.authority, policy: read.policy };
  } catch (error) {
    if (!(error instanceof DerError || error instanceof UnsupportedAlgorithm)) throw error;
    throw new DeskError('signature.tsa-wrong-answer', { host, detail: error.message }, error);
  }
}

/** PKIFailureInfo bits a server may set (RFC 3161, 2.4.2). */
const FAILURES: readonly (readonly [number, string])[] = [
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
];

/** Null when the status is granted or grantedWithMods; otherwise status, failure and the server's own words. */
function readRefusal(statusInfo: Uint8Array): string | null {
  const parts = fields(readDer(statusInfo));
  const status = readSmallInteger(parts.next(tag.integer));
  const words = parts.optional(tag.sequence);
  const bits = parts.optional(tag.bitString);
  parts.end();
  if (status === 0 || status === 1) return null;
  const failure = bits && readBitString(bits);
  return [
    `status ${status}`,
    ...FAILURES.flatMap(([bit, name]) => (failure && hasBit(failure, bit) ? [name] : [])),
    ...(words ? children(words).slice(0, 3).map(readText) : []),
  ]
    .join(', ')
    .slice(0, 200);
}

function readToken(token: Uint8Array) {
  const data = readSignedData(token);
  const { content } = data;
  if (data.contentType !== oids.timestampInfo || !content) throw new DerError('not a timestamp token');
  const info = readTimestampInfo(content);
  const parts = fields(readDer(content));
  parts.next(tag.integer);
  const policy = readOid(parts.next(tag.oid));
  const cms = checkSignedData(data, () => [content], oids.timestampInfo);
  return { info, policy, cms, authority: cms.certificate, bindings: data.signer.bindings };
}

/** A technical word for what is wrong with a token, whose parts are all readable. */
function faultOf(
  { info, policy, cms, authority, bindings }: ReturnType<typeof readToken>,
  asked: Asked,
): string | null {
  if (digestOf(info.imprintAlgorithm) !== 'sha256' || !sameBytes(info.imprint, asked.digest))
    return 'imprint';
  if (info.nonce !== BigInt(`0x${Buffer.from(asked.nonce).toString('hex')}`)) return 'nonce';
  if (asked.policy !== undefined && policy !== asked.policy) return 'policy';
  if (cms.fault !== null) return cms.detail ? `${cms.fault}: ${cms.detail}` : cms.fault;
  // RFC 3161, 2.4.1: a token says which certificate it is by, or other readers refuse it.
  if (bindings.length === 0) return 'signing-certificate';
  if (!authority || !isTimestampAuthority(authority)) return 'certificate-usage';
  return info.at < authority.notBefore || info.at > authority.notAfter ? 'certificate-period' : null;
}

function checkAuthority({ token, at, authority }: Timestamp, anchors: readonly TrustAnchor[]): void {
  const { certificates } = readSignedData(token);
  const { result } = findAnchoredPath(authority, certificates, at, { anchors, pool: [] });
  if (result.ok) return;
  throw new DeskError('signature.tsa-untrusted', {
    name: signerName(authority),
    detail: result.problem.fault,
  });
}
