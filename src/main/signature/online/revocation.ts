/**
 * Revocation of one certificate, asked of the services its issuer names: OCSP first, since its answer is small and
 * fresh, then the list. Nothing here is needed to open or to sign a file.
 */
import { randomBytes } from 'node:crypto';
import { DeskError } from '../../../shared/errors/index.ts';
import { UnsupportedAlgorithm } from '../../x509/algorithms.ts';
import { context, encode, integer, nullValue, octetString, oid, sequence } from '../../asn1/der-write.ts';
import { DerError, tag } from '../../asn1/der.ts';
import { oids } from '../../asn1/oids.ts';
import { sameBytes } from '../../x509/certificate.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { askCrl, pointUrls } from './crl-source.ts';
import { answerFor, authorisedResponder, issuerHashes, readOcspResponse } from '../../x509/ocsp.ts';
import type { AskedCertificate, RevocationEvidence } from './revocation-evidence.ts';
import { cachedOrFetched, hostOf, isCurrent, SERVICE_LIMITS, webAddresses } from './service.ts';
import type { OnlineServices, SourceFailure } from './service.ts';

export interface RevocationAnswer {
  readonly evidence: RevocationEvidence | null;
  /** Sources asked in vain before the one that answered. */
  readonly failures: readonly SourceFailure[];
}

/**
 * The status of `certificate`, from the first source that gives a usable answer.
 * @throws signature.service-stopped; every other failure of a source is in the result
 */
export async function fetchRevocation(
  asked: AskedCertificate,
  services: OnlineServices,
): Promise<RevocationAnswer> {
  const { ocspUrls, crlDistributionPoints } = asked.certificate.extensions;
  const sources = [
    ...webAddresses(ocspUrls).map((url) => ({ url, ask: askOcsp })),
    ...webAddresses(pointUrls(crlDistributionPoints)).map((url) => ({ url, ask: askCrl })),
  ];
  const failures: SourceFailure[] = [];
  for (const { url, ask } of sources) {
    try {
      return { evidence: await ask(url, asked, services, failures), failures };
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'signature.service-stopped') throw error;
      failures.push({ url, error });
    }
  }
  return { evidence: null, failures };
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
  { certificate, issuer }: AskedCertificate,
  services: OnlineServices,
): Promise<RevocationEvidence> {
  const nonce = randomBytes(16);
  const serial = integer(certificate.serial);
  const key = `OCSP ${url} ${issuer.fingerprint} ${Buffer.from(serial).toString('hex')}`;
  let sent: Uint8Array | null = null;
  const answer = await cachedOrFetched(
    key,
    services,
    () => {
      sent = octetString(nonce);
      return services.http({
        url,
        body: { type: 'application/ocsp-request', bytes: ocspRequest(certificate, issuer, nonce) },
        ...SERVICE_LIMITS.ocsp,
        ...(services.signal && { signal: services.signal }),
      });
    },
    (der) => readOcspEvidence(der, { certificate, issuer, url, nonce: sent, now: services.now() }),
  );
  return { type: 'OCSP', url, delta: null, ...answer };
}

interface OcspAsked {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly url: string;
  /** The nonce extension's value; null for an answer kept from before. */
  readonly nonce: Uint8Array | null;
  readonly now: number;
}

type Judged = Omit<RevocationEvidence, 'type' | 'url' | 'fetchedAt' | 'delta'>;

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
