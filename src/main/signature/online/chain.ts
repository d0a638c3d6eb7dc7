/** The certificates above one, from those at hand and, where these end, from the addresses in it (AIA caIssuers). */
import { isSignedBy } from '../../x509/path.ts';
import { recognisedAnchors } from '../../x509/trust.ts';
import { isSelfIssued } from '../../x509/certificate.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { certificatesAt } from './service.ts';
import type { OnlineServices, SourceFailure } from './service.ts';

export interface CertificateChain {
  /** The certificate itself first; each is signed with the key of the next. */
  readonly certificates: readonly Certificate[];
  /** It ends in an anchor or in a self-signed certificate. */
  readonly isComplete: boolean;
  readonly failures: readonly SourceFailure[];
}

export interface KnownCertificates {
  /** Where a chain ends, unless another of them is above. */
  readonly anchors: readonly Certificate[];
  /** Others that may lie between. */
  readonly pool: readonly Certificate[];
}

const MAX_LENGTH = 10;

/** As far as the certificates at hand reach. */
export function knownChain(leaf: Certificate, known: KnownCertificates): CertificateChain {
  const certificates = [leaf];
  for (;;) {
    const top = certificates.at(-1)!;
    const isAnchor = known.anchors.some(({ fingerprint }) => fingerprint === top.fingerprint);
    const isRoot = isSelfIssued(top) && isSignedBy(top, top);
    const above = isAnchor ? trustedAmong(known) : [...known.anchors, ...known.pool];
    const issuer = isRoot || certificates.length >= MAX_LENGTH ? null : issuerAmong(top, certificates, above);
    if (!issuer) return { certificates, isComplete: isRoot || isAnchor, failures: [] };
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
    const more = chain.isComplete ? [] : await certificatesAt(top.extensions.issuerUrls, services, failures);
    const issuers = more.filter((candidate) => isIssuer(candidate, top));
    if (issuers.length === 0 || found.length >= MAX_LENGTH) return { ...chain, failures };
    found.push(...issuers);
  }
}

/** An authority trusted by itself may have been revoked by the root that is trusted as well. */
const trustedAmong = ({ anchors, pool }: KnownCertificates): readonly Certificate[] => [
  ...anchors,
  ...recognisedAnchors(pool).map(({ certificate }) => certificate),
];

const isIssuer = (candidate: Certificate, certificate: Certificate): boolean =>
  candidate.subject.key === certificate.issuer.key && isSignedBy(certificate, candidate);

function issuerAmong(
  certificate: Certificate,
  below: readonly Certificate[],
  candidates: readonly Certificate[],
): Certificate | null {
  const isNew = ({ fingerprint }: Certificate): boolean =>
    !below.some((one) => one.fingerprint === fingerprint);
  return candidates.find((candidate) => isNew(candidate) && isIssuer(candidate, certificate)) ?? null;
}
