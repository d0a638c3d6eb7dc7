/** Paths to whom this office trusts. */
import { findPath } from './path-build.ts';
import type { PathResult } from './path-build.ts';
import { recognisedAnchors } from './trust.ts';
import type { TrustAnchor } from './trust.ts';
import { isSelfIssued } from './x509.ts';
import type { Certificate } from './x509.ts';

export interface AnchoredPath {
  readonly result: PathResult;
  /** Null when there is no valid path. */
  readonly anchor: TrustAnchor | null;
}

/** @param carried certificates that came with the one in question; @param at UTC milliseconds */
export function findAnchoredPath(
  certificate: Certificate,
  carried: readonly Certificate[],
  at: number,
  { anchors, pool }: { readonly anchors: readonly TrustAnchor[]; readonly pool: readonly Certificate[] },
): AnchoredPath {
  const around = [...carried, ...pool];
  const candidates = [...anchors, ...recognisedAnchors(around)];
  // A root decides before an issuing authority known by itself: the longer path is checked more.
  const ordered = candidates.toSorted(
    (a, b) => Number(isSelfIssued(b.certificate)) - Number(isSelfIssued(a.certificate)),
  );
  const certificates = ordered.map((anchor) => anchor.certificate);
  const result = findPath(certificate, around, certificates, at);
  const fingerprint = result.ok ? result.anchor.fingerprint : undefined;
  return { result, anchor: ordered.find((one) => one.certificate.fingerprint === fingerprint) ?? null };
}
