/** Revocation of one certificate by CRLs (RFC 5280, 6.3). */
import { findRevocation, REMOVED } from './crl.ts';
import type { Crl, Revocation } from './crl.ts';
import { ALL_REASONS, generalNameKeys, pointKeys } from './distribution-point.ts';
import type { DistributionPoint, ReasonMask } from './distribution-point.ts';
import { sameBytes } from './certificate.ts';
import type { Certificate } from './certificate.ts';

export type RevocationStatus =
  | { readonly status: 'good' }
  | ({ readonly status: 'revoked' } & Revocation)
  /** Nothing usable answers for every reason; `isAnswered` when the issuer's own service says that it does not know. */
  | { readonly status: 'unknown'; readonly isAnswered?: boolean };

export interface CrlContext {
  readonly crls: readonly Crl[];
  /** Is this list signed by somebody who may, under the anchor of the certificate's own path? */
  isAuthentic(crl: Crl): boolean;
  /** UTC milliseconds the lists must be current at. */
  readonly at: number;
  /** UTC milliseconds of the check itself: a list from later is a forgery or a wrong clock. */
  readonly now: number;
}

/** Status of `certificate` as far as `crls` tell. */
export function crlStatus(certificate: Certificate, context: CrlContext): RevocationStatus {
  const points = certificate.extensions.crlDistributionPoints;
  const newestFirst = context.crls.toSorted((a, b) => b.thisUpdate - a.thisUpdate);
  let covered: ReasonMask = 0;
  // 6.3.3, at the end: lists of the issuer itself count even when no point of the certificate names them.
  for (const point of [...points, ISSUER_ITSELF]) {
    for (const crl of newestFirst) {
      if (covered === ALL_REASONS) return { status: 'good' };
      const reasons = reasonsAnswered(certificate, point, crl, context);
      if ((reasons & ~covered) === 0) continue;
      const revocation = revocationIn(certificate, crl, context);
      if (revocation) return { status: 'revoked', ...revocation };
      covered |= reasons;
    }
  }
  return covered === ALL_REASONS ? { status: 'good' } : { status: 'unknown' };
}

const ISSUER_ITSELF: DistributionPoint = { name: undefined, reasons: ALL_REASONS, crlIssuer: [] };

/** 6.3.3 (b) to (g): the reasons for which this list speaks about this certificate; 0 when it does not at all. */
function reasonsAnswered(
  certificate: Certificate,
  point: DistributionPoint,
  crl: Crl,
  context: CrlContext,
): ReasonMask {
  const { scope } = crl;
  if (crl.deltaBase !== undefined || crl.unusable || !isCurrent(crl, certificate, context)) return 0;
  const isFromIssuer = crl.issuer.key === certificate.issuer.key;
  if (point.crlIssuer.length > 0) {
    if (!scope?.indirect || !generalNameKeys(point.crlIssuer).includes(`directory:${crl.issuer.key}`))
      return 0;
  } else if (!isFromIssuer) return 0;
  if (scope) {
    const isCa = certificate.extensions.basicConstraints?.ca ?? false;
    if ((isCa && scope.onlyUserCerts) || (!isCa && scope.onlyCaCerts) || scope.onlyAttributeCerts) return 0;
    if (scope.name && !namesMeet(certificate, point, crl)) return 0;
  }
  if (!context.isAuthentic(crl)) return 0;
  return point.reasons & (scope?.reasons ?? ALL_REASONS);
}

/** (b) (2) (i): one name of the list's point must be one of the certificate's. */
function namesMeet(certificate: Certificate, point: DistributionPoint, crl: Crl): boolean {
  const offered = crl.scope?.name ? pointKeys(crl.scope.name, crl.issuer) : [];
  const wanted = point.name
    ? pointKeys(point.name, point.crlIssuer.length > 0 ? crl.issuer : certificate.issuer)
    : [
        ...generalNameKeys(point.crlIssuer),
        ...(point === ISSUER_ITSELF ? [`directory:${certificate.issuer.key}`] : []),
      ];
  return offered.some((key) => wanted.includes(key));
}

/**
 * A list is current until its nextUpdate. One issued later than `at` knows more, as long as the certificate had
 * not expired by then: expired certificates leave the lists (3.3).
 */
const isCurrent = (crl: Crl, certificate: Certificate, { at, now }: CrlContext): boolean =>
  crl.nextUpdate >= at && crl.thisUpdate <= Math.min(now, certificate.notAfter);

/** 6.3.3 (h) to (l), with the newest delta list that continues this one. */
function revocationIn(certificate: Certificate, base: Crl, context: CrlContext): Revocation | null {
  const [delta] = context.crls
    .filter(
      (crl) =>
        continues(crl, base) && !crl.unusable && crl.nextUpdate >= context.at && context.isAuthentic(crl),
    )
    .toSorted((a, b) => b.thisUpdate - a.thisUpdate);
  const latest = delta && findRevocation(delta, certificate.serial, certificate.issuer);
  if (latest) return latest.reason === REMOVED ? null : latest;
  return findRevocation(base, certificate.serial, certificate.issuer);
}

/** 5.2.4: same issuer, scope and key; built on this base or an older one; newer than the base. */
export function continues(delta: Crl, base: Crl): boolean {
  if (delta.deltaBase === undefined || base.number === undefined || delta.number === undefined) return false;
  return (
    delta.issuer.key === base.issuer.key &&
    sameOptional(delta.scopeRaw, base.scopeRaw) &&
    sameOptional(delta.authorityKeyIdentifier, base.authorityKeyIdentifier) &&
    delta.deltaBase <= base.number &&
    delta.number >= base.number
  );
}

const sameOptional = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a && b ? sameBytes(a, b) : a === b;
