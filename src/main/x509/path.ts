/** Certification path validation (RFC 5280, 6.1), without revocation, which `revocation.ts` adds. */
import type { PathFault } from '../../shared/domain/verification.ts';
import { signatureScheme, UnsupportedAlgorithm, verifySignature } from './algorithms.ts';
import { DerError } from '../asn1/der.ts';
import type { NameConstraints } from './extensions.ts';
import { namesAllowed } from './name-constraints.ts';
import { policyState } from './policy-graph.ts';
import type { PolicyInputs } from './policy-graph.ts';
import { isSelfIssued } from './certificate.ts';
import type { Certificate } from './certificate.ts';

export interface PathProblem {
  readonly fault: PathFault;
  /** The certificate at fault. */
  readonly certificate: Certificate;
  /** For `unsupported-algorithm`: its name. */
  readonly algorithm?: string;
}

/** Certificates from the leaf up to, but without, the anchor. */
export type Path = readonly Certificate[];

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
  let issuer = anchor;
  for (const [index, certificate] of path.toReversed().entries()) {
    const isLast = index === path.length - 1;
    const issued = issuedFault(certificate, issuer);
    if (issued) return { ...issued, certificate };
    const fault =
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
    issuer = certificate;
  }
  return null;
}

type Fault = Omit<PathProblem, 'certificate'>;

/** 6.1.3 (a): what ties a certificate to the one above it. */
function issuedFault(certificate: Certificate, issuer: Certificate): Fault | null {
  if (certificate.issuer.key !== issuer.subject.key) return { fault: 'wrong-issuer' };
  return signatureFault(certificate, issuer);
}

function periodFault({ notBefore, notAfter }: Certificate, at: number): PathFault | null {
  if (at < notBefore) return 'not-yet-valid';
  return at > notAfter ? 'expired' : null;
}

function signatureFault(certificate: Certificate, { spki }: Certificate): Fault | null {
  try {
    const scheme = signatureScheme(certificate.signatureAlgorithm);
    const holds = verifySignature(scheme, spki, [certificate.tbs], certificate.signature);
    return holds ? null : { fault: 'bad-signature' };
  } catch (error) {
    if (error instanceof UnsupportedAlgorithm)
      return { fault: 'unsupported-algorithm', algorithm: error.algorithm };
    if (error instanceof DerError) return { fault: 'bad-signature' };
    throw error;
  }
}

/** Was `certificate` signed with the key of `issuer`? Names and dates are not looked at. */
export const isSignedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  signatureFault(certificate, issuer) === null;

/** 6.1.4 (k) to (n): may this certificate issue others? */
function authorityFault(certificate: Certificate, room: number): PathFault | null {
  const { version, extensions } = certificate;
  if (version !== 3 || !extensions.basicConstraints?.ca) return 'not-a-ca';
  if (extensions.keyUsage && !extensions.keyUsage.has('keyCertSign')) return 'no-cert-sign';
  return room <= 0 && !isSelfIssued(certificate) ? 'path-too-long' : null;
}
