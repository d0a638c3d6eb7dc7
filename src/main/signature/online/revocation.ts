/**
 * Revocation of one certificate, asked of the services its issuer names: OCSP first, since its answer is small and
 * fresh, then the list. Nothing here is needed to open or to sign a file.
 */
import { randomBytes } from 'node:crypto';
import { DeskError } from '../../../shared/errors/index.ts';
import { UnsupportedAlgorithm } from '../algorithms.ts';
import { isCrlSignedBy, readCrl } from '../crl.ts';
import { context, encode, integer, nullValue, octetString, oid, sequence } from '../der-write.ts';
import { DerError, tag } from '../der.ts';
import { oids } from '../oids.ts';
import { crlStatus } from '../revocation.ts';
import { sameBytes } from '../x509.ts';
import type { Certificate } from '../x509.ts';
import type { OnlineCache } from './cache.ts';
import type { HttpClient } from './http.ts';
import { answerFor, authorisedResponder, issuerHashes, readOcspResponse } from './ocsp.ts';

/** Proof of a certificate's status, as the evidence of a signature keeps it. Times are UTC milliseconds. */
export interface RevocationEvidence {
  readonly type: 'OCSP' | 'CRL';
  /** The whole OCSPResponse or CertificateList. */
  readonly der: Uint8Array;
  readonly url: string;
  readonly fetchedAt: number;
  readonly thisUpdate: number;
  /** Null when the answer names none. */
  readonly nextUpdate: number | null;
  readonly result: 'good' | 'revoked';
  readonly revokedAt: number | null;
  /** CRLReason. */
  readonly reason: number | null;
  /** Who signed an OCSP answer in the issuer's name. */
  readonly responder: Certificate | null;
}

export interface SourceFailure {
  readonly url: string;
  readonly error: DeskError;
}

export interface RevocationAnswer {
  readonly evidence: RevocationEvidence | null;
  /** Sources asked in vain before the one that answered. */
  readonly failures: readonly SourceFailure[];
}

export interface OnlineServices {
  readonly http: HttpClient;
  readonly cache: OnlineCache;
  /** The clock, UTC milliseconds: a slow service may take minutes. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
  /** An answer kept from before is asked anew when it speaks of a time before this one. */
  readonly freshAfter?: number;
  /** One fetched before this time is asked anew. */
  readonly fetchedAfter?: number;
}

/** What is asked of one service at most. */
export const SERVICE_LIMITS = {
  ocsp: { timeoutMs: 20_000, maxBytes: 256 * 1024 },
  crl: { timeoutMs: 120_000, maxBytes: 64 * 1024 * 1024 },
  certificate: { timeoutMs: 20_000, maxBytes: 1024 * 1024 },
  sources: 4,
} as const;

/** An answer that names no end is kept this long; clocks of two machines may differ by this much. */
const DAY = 86_400_000;
const CLOCK_SLACK = 5 * 60_000;

/**
 * The status of `certificate`, from the first source that gives a usable answer.
 * @throws signature.service-stopped; every other failure of a source is in the result
 */
export async function fetchRevocation(
  certificate: Certificate,
  issuer: Certificate,
  services: OnlineServices,
): Promise<RevocationAnswer> {
  const { extensions } = certificate;
  const sources = [
    ...webAddresses(extensions.ocspUrls).map((url) => ({ url, ask: askOcsp })),
    ...webAddresses(crlUrls(certificate)).map((url) => ({ url, ask: askCrl })),
  ];
  const failures: SourceFailure[] = [];
  for (const { url, ask } of sources) {
    try {
      return { evidence: await ask(url, certificate, issuer, services), failures };
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'signature.service-stopped') throw error;
      failures.push({ url, error });
    }
  }
  return { evidence: null, failures };
}

/** Directories (ldap:) and files are not asked. */
export const webAddresses = (urls: readonly string[]): string[] =>
  urls.filter((url) => /^https?:\/\//i.test(url)).slice(0, SERVICE_LIMITS.sources);

const crlUrls = ({ extensions }: Certificate): string[] =>
  extensions.crlDistributionPoints.flatMap(({ name }) =>
    name?.kind === 'full' ? name.names.flatMap((one) => (one.kind === 'uri' ? [one.value] : [])) : [],
  );

/**
 * The bytes kept under `key` if `accept` takes them, else those the service gives now, which are then kept.
 * @param accept reads and judges; throws what makes the answer unusable
 */
async function cachedOrFetched<T extends { thisUpdate: number; nextUpdate: number | null }>(
  key: string,
  services: OnlineServices,
  fetch: () => Promise<Uint8Array>,
  accept: (bytes: Uint8Array) => T,
): Promise<T & { fetchedAt: number }> {
  const { cache, freshAfter = -Infinity, fetchedAfter = -Infinity } = services;
  const kept = await cache.get(key, services.now());
  if (kept && kept.fetchedAt >= fetchedAfter) {
    const answer = unlessUnusable(() => accept(kept.bytes));
    if (answer && answer.thisUpdate >= freshAfter) return { ...answer, fetchedAt: kept.fetchedAt };
  }
  const bytes = await fetch();
  const answer = accept(bytes);
  const now = services.now();
  await cache.put(key, { bytes, fetchedAt: now, expiresAt: answer.nextUpdate ?? now + DAY }, now);
  return { ...answer, fetchedAt: now };
}

/** What somebody put into the cache folder is no reason to fail: the service is asked instead. */
function unlessUnusable<T>(accept: () => T): T | null {
  try {
    return accept();
  } catch (error) {
    if (error instanceof DeskError) return null;
    throw error;
  }
}

/** OCSPRequest for one certificate (RFC 6960, 4.1.1): SHA-1 names the issuer, as every responder expects. */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce: Uint8Array): Uint8Array {
  const hashes = issuerHashes(issuer, 'sha1');
  const id = sequence(
    sequence(oid(oids.sha1), nullValue()),
    octetString(hashes.name),
    octetString(hashes.key),
    encode(tag.integer, certificate.serial),
  );
  const extension = sequence(oid(oids.ocspNonce), octetString(octetString(nonce)));
  return sequence(sequence(sequence(sequence(id)), context(2, sequence(extension))));
}

async function askOcsp(
  url: string,
  certificate: Certificate,
  issuer: Certificate,
  services: OnlineServices,
): Promise<RevocationEvidence> {
  const nonce = randomBytes(16);
  const serial = integer(certificate.serial);
  const key = `OCSP ${url} ${issuer.fingerprint} ${Buffer.from(serial).toString('hex')}`;
  let asked: Uint8Array | null = null;
  const answer = await cachedOrFetched(
    key,
    services,
    () => {
      asked = octetString(nonce);
      return services.http({
        url,
        body: { type: 'application/ocsp-request', bytes: ocspRequest(certificate, issuer, nonce) },
        ...SERVICE_LIMITS.ocsp,
        ...(services.signal && { signal: services.signal }),
      });
    },
    (der) => readOcspEvidence(der, { certificate, issuer, url, nonce: asked, now: services.now() }),
  );
  return { type: 'OCSP', url, ...answer };
}

interface OcspAsked {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly url: string;
  /** The nonce extension's value; null for an answer kept from before. */
  readonly nonce: Uint8Array | null;
  readonly now: number;
}

type Judged = Omit<RevocationEvidence, 'type' | 'url' | 'fetchedAt'>;

/** @throws signature.ocsp-unusable */
function readOcspEvidence(der: Uint8Array, { certificate, issuer, url, nonce, now }: OcspAsked): Judged {
  const unusable = (detail: string, cause?: unknown): DeskError =>
    new DeskError('signature.ocsp-unusable', { host: hostOf(url), detail }, cause);
  try {
    const response = readOcspResponse(der);
    // Many responders sign beforehand and echo no nonce (RFC 9654, 4); one that does must echo ours.
    if (nonce && response.nonce && !sameBytes(nonce, response.nonce)) throw unusable('nonce');
    const signer = authorisedResponder(response, issuer);
    if (!signer) throw unusable('responder');
    const answer = answerFor(response, certificate, issuer);
    if (!answer) throw unusable('other-certificate');
    if (answer.status === 'unknown') throw unusable('unknown');
    const { thisUpdate, nextUpdate, revokedAt, reason, status: result } = answer;
    if (!isCurrent({ thisUpdate, nextUpdate }, now)) throw unusable('not-current');
    const responder = sameBytes(signer.der, issuer.der) ? null : signer;
    return { der, thisUpdate, nextUpdate, result, revokedAt, reason, responder };
  } catch (error) {
    if (error instanceof DerError || error instanceof UnsupportedAlgorithm)
      throw unusable(error.message, error);
    throw error;
  }
}

function isCurrent(
  { thisUpdate, nextUpdate }: { thisUpdate: number; nextUpdate: number | null },
  now: number,
): boolean {
  return thisUpdate <= now + CLOCK_SLACK && (nextUpdate ?? Infinity) >= now - CLOCK_SLACK;
}

async function askCrl(
  url: string,
  certificate: Certificate,
  issuer: Certificate,
  services: OnlineServices,
): Promise<RevocationEvidence> {
  const answer = await cachedOrFetched(
    `CRL ${url}`,
    services,
    () =>
      services.http({
        url,
        ...SERVICE_LIMITS.crl,
        ...(services.signal && { signal: services.signal }),
      }),
    (der) => readCrlEvidence(der, certificate, issuer, url, services.now()),
  );
  return { type: 'CRL', url, ...answer };
}

/** @throws signature.crl-unusable */
function readCrlEvidence(
  der: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  url: string,
  now: number,
): Judged {
  const unusable = (detail: string, cause?: unknown): DeskError =>
    new DeskError('signature.crl-unusable', { host: hostOf(url), detail }, cause);
  try {
    const crl = readCrl(der);
    if (!isCrlSignedBy(crl, issuer)) throw unusable('signature');
    const nextUpdate = crl.nextUpdate === Infinity ? null : crl.nextUpdate;
    if (!isCurrent({ thisUpdate: crl.thisUpdate, nextUpdate }, now)) throw unusable('not-current');
    const at = Math.min(now, crl.nextUpdate);
    const status = crlStatus(certificate, {
      crls: [crl],
      isAuthentic: () => true,
      at,
      now: now + CLOCK_SLACK,
    });
    if (status.status === 'unknown') throw unusable('other-certificates');
    const { thisUpdate } = crl;
    const [revokedAt, reason] = status.status === 'revoked' ? [status.at, status.reason] : [null, null];
    return { der, thisUpdate, nextUpdate, result: status.status, revokedAt, reason, responder: null };
  } catch (error) {
    if (error instanceof DerError || error instanceof UnsupportedAlgorithm)
      throw unusable(error.message, error);
    throw error;
  }
}

const hostOf = (url: string): string => URL.parse(url)?.hostname ?? url.slice(0, 100);
