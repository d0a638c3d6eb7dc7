/** Paths to whom this office trusts. */
import type { PathFault } from '../../shared/domain/verification.ts';
import { findPath } from './path-build.ts';
import type { PathResult } from './path-build.ts';
import { recognisedAnchors } from './trust.ts';
import type { TrustAnchor } from './trust.ts';
import { isSelfIssued } from './certificate.ts';
import type { Certificate } from './certificate.ts';

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
  const certificates = candidates.map((anchor) => anchor.certificate);
  // A root decides before an authority that is trusted by itself as well: it may have revoked that one.
  const roots = certificates.filter(isSelfIssued);
  const byRoot = findPath(certificate, [...around, ...certificates], roots, at);
  const result =
    byRoot.ok || !SAYS_NOTHING.has(byRoot.problem.fault)
      ? byRoot
      : findPath(certificate, around, certificates, at);
  const fingerprint = result.ok ? result.anchor.fingerprint : undefined;
  return { result, anchor: candidates.find((one) => one.certificate.fingerprint === fingerprint) ?? null };
}

/** The roots at hand have not issued anything of this: at most one of them has the same name. */
const SAYS_NOTHING: ReadonlySet<PathFault> = new Set(['no-path', 'bad-signature', 'wrong-issuer']);
