/** Finding a valid path from a certificate to an anchor among certificates that may be anybody's. */
import { isCrlSignedBy } from './crl.ts';
import type { Crl } from './crl.ts';
import type { OcspResponse } from './ocsp.ts';
import { ocspStatus } from './ocsp-status.ts';
import { validatePath } from './path.ts';
import type { Path, PathProblem } from './path.ts';
import type { PolicyInputs } from './policy-graph.ts';
import { crlStatus } from './revocation.ts';
import type { RevocationStatus } from './revocation.ts';
import { sameBytes } from './certificate.ts';
import type { Certificate } from './certificate.ts';

export interface Anchored {
  /** From the leaf up; the anchor itself is not in it. */
  readonly path: Path;
  readonly anchor: Certificate;
}
export type PathResult =
  | ({ readonly ok: true } & Anchored)
  | {
      readonly ok: false;
      readonly problem: PathProblem;
      readonly partial: Path;
      /** The anchor that `partial` leads to; null when it leads to none. */
      readonly anchor: Certificate | null;
    };

const MAX_LENGTH = 10;
/** Candidates looked at: hostile bundles of look-alike certificates must not cost more than this. */
const MAX_CANDIDATES = 200;

/**
 * The first valid path found, self-signed anchors first; otherwise the problem of the most promising one.
 * @param pool certificates that may lie between; @param at UTC milliseconds
 */
export function findPath(
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
  at: number,
  policy: PolicyInputs = {},
): PathResult {
  let failed: Extract<PathResult, { ok: false }> | undefined;
  let budget = MAX_CANDIDATES;
  let longest: Path = [leaf];

  function search(path: Path): Anchored | null {
    const top = path.at(-1)!;
    if (path.length > longest.length) longest = path;
    for (const anchor of likelyIssuers(top, anchors)) {
      if (--budget < 0) return null;
      const problem = validatePath(path, anchor, at, policy);
      if (!problem) return { path, anchor };
      failed ??= { ok: false, problem, partial: path, anchor };
    }
    if (path.length >= MAX_LENGTH) return null;
    for (const issuer of likelyIssuers(top, pool)) {
      if (--budget < 0) return null;
      if (path.some((known) => known.fingerprint === issuer.fingerprint)) continue;
      const found = search([...path, issuer]);
      if (found) return found;
    }
    return null;
  }

  const isAnchor = anchors.some(({ fingerprint }) => fingerprint === leaf.fingerprint);
  const found = isAnchor ? null : search([leaf]);
  if (found) return { ok: true, ...found };
  const problem = { fault: 'no-path', certificate: leaf } as const;
  return failed ?? { ok: false, problem, partial: longest, anchor: null };
}

/** By name, those whose key identifier fits first. */
function likelyIssuers(certificate: Certificate, among: readonly Certificate[]): Certificate[] {
  const wanted = certificate.extensions.authorityKeyIdentifier;
  const fits = (issuer: Certificate): boolean => {
    const offered = issuer.extensions.subjectKeyIdentifier;
    return wanted !== undefined && offered !== undefined && sameBytes(wanted, offered);
  };
  const named = among.filter(({ subject }) => subject.key === certificate.issuer.key);
  return named.toSorted((a, b) => Number(fits(b)) - Number(fits(a)));
}

/**
 * Who signed a list, once that is the certificate's issuer, an anchor, or somebody with a path to one (6.3.3 f);
 * null when none of `candidates` did. Whether that one was revoked is asked like any other certificate's status.
 * @param at UTC milliseconds
 */
export function crlSigner(
  crl: Crl,
  candidates: readonly Certificate[],
  {
    issuer,
    anchors,
    at,
  }: { readonly issuer: Certificate; readonly anchors: readonly Certificate[]; readonly at: number },
): Certificate | null {
  const found = candidates
    .filter(({ subject }) => subject.key === crl.issuer.key)
    .find(
      (one) =>
        isCrlSignedBy(crl, one) &&
        ([issuer, ...anchors].some(({ fingerprint }) => fingerprint === one.fingerprint) ||
          findPath(one, candidates, anchors, at).ok),
    );
  return found ?? null;
}

export interface RevocationSources {
  readonly crls: readonly Crl[];
  readonly ocsps?: readonly OcspResponse[];
  readonly pool: readonly Certificate[];
  /** UTC milliseconds for which the status is asked. */
  readonly at: number;
  /** UTC milliseconds of the check itself: nothing may come from later. */
  readonly now: number;
}

/** Lists resting on lists resting on lists: the state's hierarchy needs two. */
const MAX_CRL_DEPTH = 4;

/**
 * Status of every certificate of a valid path by OCSP answers and CRLs, leaf first. Whoever signed a list must have a valid path
 * to the same anchor and not be revoked (RFC 5280, 6.3.3 f); where only the list itself speaks of its signer,
 * that has to do.
 */
export function pathRevocation({ path, anchor }: Anchored, sources: RevocationSources): RevocationStatus[] {
  const pool = [...path, ...sources.pool];
  const signers = new Map<Crl, Certificate[]>();

  function signersOf(crl: Crl): Certificate[] {
    const found =
      signers.get(crl) ??
      [anchor, ...pool]
        .filter(({ subject }) => subject.key === crl.issuer.key)
        .filter((one) => isCrlSignedBy(crl, one));
    signers.set(crl, found);
    return found;
  }

  /** @param assumed lists whose own signers are being judged */
  function isAuthentic(crl: Crl, assumed: readonly Crl[]): boolean {
    if (assumed.includes(crl)) return true;
    if (assumed.length >= MAX_CRL_DEPTH) return false;
    return signersOf(crl).some((signer) => {
      if (signer === anchor) return true;
      const found = findPath(signer, pool, [anchor], sources.at);
      return (
        found.ok &&
        found.path.every((one) => path.includes(one) || status(one, [...assumed, crl]).status === 'good')
      );
    });
  }

  const status = (certificate: Certificate, assumed: readonly Crl[]): RevocationStatus =>
    crlStatus(certificate, {
      crls: sources.crls,
      at: sources.at,
      now: sources.now,
      isAuthentic: (crl) => isAuthentic(crl, assumed),
    });
  return path.map((certificate, index) => {
    const issuer = path[index + 1] ?? anchor;
    return combined(ocspStatus(certificate, issuer, sources.ocsps ?? [], sources), status(certificate, []));
  });
}

/** Two sources: a revocation in either counts, the earlier of two; one that knows is enough. */
function combined(a: RevocationStatus, b: RevocationStatus): RevocationStatus {
  if (a.status === 'revoked' && b.status === 'revoked') return a.at <= b.at ? a : b;
  if (a.status === 'revoked' || b.status === 'unknown') return a;
  return b.status === 'revoked' || a.status === 'unknown' ? b : a;
}
