/** Certification path validation (RFC 5280, 6.1), without revocation, which `revocation.ts` adds. */
import type { PathFault } from '../../shared/domain/verification.ts';
import { publicKey, signatureScheme, UnsupportedAlgorithm, verifySignature } from './algorithms.ts';
import { DerError, readDer, tag, fields } from '../asn1/der.ts';
import { bitString, oid, sequence } from '../asn1/der-write.ts';
import type { NameConstraints } from './extensions.ts';
import { namesAllowed } from './name-constraints.ts';
import { oids } from '../asn1/oids.ts';
import { policyState } from './policy-graph.ts';
import type { PolicyInputs } from './policy-graph.ts';
import { isSelfIssued } from './certificate.ts';
import type { Certificate } from './certificate.ts';

export interface PathProblem {
  readonly fault: PathFault;
  /** The certificate at fault. */
  readonly certificate: Certificate;
}

/** Certificates from the leaf up to, but without, the anchor. */
export type Path = readonly Certificate[];

interface Working {
  readonly issuer: Certificate;
  /** SubjectPublicKeyInfo, with parameters inherited where the certificate leaves them out. */
  readonly spki: Uint8Array;
}

/**
 * Is `path` valid under `anchor` at `at` (UTC milliseconds)?
 * @returns null when it is, else the first problem met from the anchor down
 */
export function validatePath(
  path: Path,
  anchor: Certificate,
  at: number,
  inputs: PolicyInputs = {},
): PathProblem | null {
  const policies = policyState(path.length, inputs);
  // The anchor's own limits bind too (RFC 5937).
  const constraints: NameConstraints[] = anchor.extensions.nameConstraints
    ? [anchor.extensions.nameConstraints]
    : [];
  let room = anchor.extensions.basicConstraints?.pathLength ?? Infinity;
  let working: Working = { issuer: anchor, spki: anchor.spki };
  for (const [index, certificate] of path.toReversed().entries()) {
    const isLast = index === path.length - 1;
    const fault =
      issuedFault(certificate, working) ??
      ((isLast || !isSelfIssued(certificate)) && !namesAllowed(certificate, constraints)
        ? 'name-constraints'
        : null) ??
      (policies.accept(certificate, isLast) ? null : 'policy') ??
      (isLast ? null : authorityFault(certificate, room)) ??
      (certificate.extensions.unknownCritical.length > 0 ? 'unknown-critical' : null) ??
      // Last: `expired` then says that nothing else is wrong with it.
      periodFault(certificate, at);
    if (fault) return { fault, certificate };
    if (!isSelfIssued(certificate)) room--;
    const { basicConstraints, nameConstraints } = certificate.extensions;
    room = Math.min(room, basicConstraints?.pathLength ?? Infinity);
    if (nameConstraints) constraints.push(nameConstraints);
    working = { issuer: certificate, spki: inheritParameters(certificate, working.spki) };
  }
  return null;
}

/** 6.1.3 (a): what ties a certificate to the one above it. */
function issuedFault(certificate: Certificate, { issuer, spki }: Working): PathFault | null {
  if (certificate.issuer.key !== issuer.subject.key) return 'wrong-issuer';
  return signatureFault(certificate, spki);
}

function periodFault({ notBefore, notAfter }: Certificate, at: number): PathFault | null {
  if (at < notBefore) return 'not-yet-valid';
  return at > notAfter ? 'expired' : null;
}

function signatureFault(certificate: Certificate, spki: Uint8Array): PathFault | null {
  try {
    const scheme = signatureScheme(certificate.signatureAlgorithm);
    return verifySignature(scheme, publicKey(spki), [certificate.tbs], certificate.signature)
      ? null
      : 'bad-signature';
  } catch (error) {
    if (error instanceof UnsupportedAlgorithm || error instanceof DerError) return 'unsupported-algorithm';
    throw error;
  }
}

/** Was `certificate` signed with the key of `issuer`? Names and dates are not looked at. */
export const isSignedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  signatureFault(certificate, issuer.spki) === null;

/** 6.1.4 (k) to (n): may this certificate issue others? */
function authorityFault(certificate: Certificate, room: number): PathFault | null {
  const { version, extensions } = certificate;
  if (version !== 3 || !extensions.basicConstraints?.ca) return 'not-a-ca';
  if (extensions.keyUsage && !extensions.keyUsage.has('keyCertSign')) return 'no-cert-sign';
  return room <= 0 && !isSelfIssued(certificate) ? 'path-too-long' : null;
}

/** 6.1.4 (d) to (f): DSA keys may leave their parameters to the issuer's key. */
function inheritParameters(certificate: Certificate, above: Uint8Array): Uint8Array {
  const { keyAlgorithm } = certificate;
  const isIncomplete =
    keyAlgorithm.oid === oids.dsa && (keyAlgorithm.parameters?.tag ?? tag.null) === tag.null;
  if (!isIncomplete) return certificate.spki;
  const identifier = fields(readDer(above)).next(tag.sequence);
  const parts = fields(identifier);
  const [parameters] = parts.next(tag.oid) && parts.rest();
  if (!parameters) return certificate.spki;
  return sequence(sequence(oid(oids.dsa), parameters.raw), bitString(certificate.keyBytes));
}
