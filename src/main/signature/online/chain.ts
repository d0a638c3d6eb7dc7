/** The certificates above one, from those at hand and, where these end, from the addresses in it (AIA caIssuers). */
import { DeskError } from '../../../shared/errors/index.ts';
import { isSignedBy } from '../path.ts';
import { readTrustFile } from '../trust.ts';
import { isSelfIssued } from '../x509.ts';
import type { Certificate } from '../x509.ts';
import { SERVICE_LIMITS, webAddresses } from './revocation.ts';
import type { OnlineServices, SourceFailure } from './revocation.ts';

export interface CertificateChain {
  /** The certificate itself first; each is signed with the key of the next. */
  readonly certificates: readonly Certificate[];
  /** It ends in an anchor or in a self-signed certificate. */
  readonly isComplete: boolean;
  readonly failures: readonly SourceFailure[];
}

export interface KnownCertificates {
  /** Where a chain ends, whatever is above. */
  readonly anchors: readonly Certificate[];
  /** Others that may lie between. */
  readonly pool: readonly Certificate[];
}

const MAX_LENGTH = 10;
const MONTH = 30 * 86_400_000;

/** As far as the certificates at hand reach. */
export function knownChain(leaf: Certificate, known: KnownCertificates): CertificateChain {
  const certificates = [leaf];
  for (;;) {
    const top = certificates.at(-1)!;
    if (isEnd(top, known)) return { certificates, isComplete: true, failures: [] };
    const issuer = certificates.length < MAX_LENGTH ? issuerAmong(top, certificates, known) : null;
    if (!issuer) return { certificates, isComplete: false, failures: [] };
    certificates.push(issuer);
  }
}

/** Downloads what is missing. @throws signature.service-stopped; every other failure is in the result */
export async function completeChain(
  leaf: Certificate,
  known: KnownCertificates,
  services: OnlineServices,
): Promise<CertificateChain> {
  const found: Certificate[] = [];
  const failures: SourceFailure[] = [];
  for (;;) {
    const chain = knownChain(leaf, { ...known, pool: [...known.pool, ...found] });
    const top = chain.certificates.at(-1)!;
    const more = chain.isComplete ? [] : await issuersOf(top, services, failures);
    const issuers = more.filter((candidate) => isIssuer(candidate, top));
    if (issuers.length === 0 || found.length >= MAX_LENGTH) return { ...chain, failures };
    found.push(...issuers);
  }
}

const isEnd = (certificate: Certificate, { anchors }: KnownCertificates): boolean =>
  anchors.some(({ fingerprint }) => fingerprint === certificate.fingerprint) ||
  (isSelfIssued(certificate) && isSignedBy(certificate, certificate));

const isIssuer = (candidate: Certificate, certificate: Certificate): boolean =>
  candidate.subject.key === certificate.issuer.key && isSignedBy(certificate, candidate);

function issuerAmong(
  certificate: Certificate,
  above: readonly Certificate[],
  { anchors, pool }: KnownCertificates,
): Certificate | null {
  const isNew = ({ fingerprint }: Certificate): boolean =>
    !above.some((one) => one.fingerprint === fingerprint);
  return (
    [...anchors, ...pool].find((candidate) => isNew(candidate) && isIssuer(candidate, certificate)) ?? null
  );
}

/** What the addresses in a certificate give: DER, PEM or a .p7c bundle (RFC 5280, 4.2.2.1). */
async function issuersOf(
  certificate: Certificate,
  services: OnlineServices,
  failures: SourceFailure[],
): Promise<Certificate[]> {
  const { cache, http, signal } = services;
  const now = services.now();
  for (const url of webAddresses(certificate.extensions.issuerUrls)) {
    try {
      const key = `AIA ${url}`;
      const kept = await cache.get(key, now);
      if (kept) return readTrustFile(kept.bytes, url);
      const bytes = await http({ url, ...SERVICE_LIMITS.certificate, ...(signal && { signal }) });
      const certificates = readTrustFile(bytes, url);
      await cache.put(key, { bytes, fetchedAt: now, expiresAt: now + MONTH }, now);
      return certificates;
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'signature.service-stopped') throw error;
      failures.push({ url, error });
    }
  }
  return [];
}
