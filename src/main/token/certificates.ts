/** Certificates found on a token: what a person is shown, which may sign, and which one issued which. */
import type { TokenCertificate } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { signatureScheme, UnsupportedAlgorithm, verifySignature } from '../x509/algorithms.ts';
import { isForSigning, signerName } from '../x509/certificate-use.ts';
import { attributeValues } from '../x509/names.ts';
import type { Name } from '../x509/names.ts';
import { oids } from '../asn1/oids.ts';
import { isSelfIssued, serialText, tryReadCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

/** Longer chains do not occur below the state's or the public CAs' roots. */
const MAX_CHAIN = 8;

const isCa = ({ extensions }: Certificate): boolean => extensions.basicConstraints?.ca ?? false;

const first = (name: Name, type: string): string => attributeValues(name, type).at(-1) ?? '';

/** @param now UTC milliseconds */
export function describeCertificate(certificate: Certificate, now: number): TokenCertificate {
  const { subject, issuer } = certificate;
  const organisation = first(subject, oids.organisation);
  return {
    sha256: certificate.fingerprint,
    subjectName: signerName(certificate),
    organisation,
    issuerName: first(issuer, oids.commonName) || first(issuer, oids.organisation),
    serialHex: serialText(certificate),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    canSign: isForSigning(certificate),
    expired: now > certificate.notAfter,
  };
}

/** The certificates of people and offices among `ders`; CAs' and unreadable ones are no choice for anybody. */
export function signerCertificates(ders: readonly Uint8Array[], now: number): TokenCertificate[] {
  return ders.flatMap((der) => {
    const certificate = tryReadCertificate(der);
    return certificate && !isCa(certificate) ? [describeCertificate(certificate, now)] : [];
  });
}

/** @throws DeskError when nobody may sign with this certificate now */
export function requireUsable(certificate: TokenCertificate, now: number): void {
  const name = certificate.subjectName;
  if (!certificate.canSign) throw new DeskError('token.certificate-cannot-sign', { name });
  if (now > certificate.notAfter)
    throw new DeskError('token.certificate-expired', { name, day: showDay(localDay(certificate.notAfter)) });
  if (now < certificate.notBefore)
    throw new DeskError('token.certificate-not-yet-valid', {
      name,
      day: showDay(localDay(certificate.notBefore)),
    });
}

/** The certificates above `der` that stand among `others`, issuer first, each one's signature checked. */
export function chainAbove(der: Uint8Array, others: readonly Uint8Array[]): Uint8Array[] {
  const candidates = others.flatMap((other) => tryReadCertificate(other) ?? []).filter(isCa);
  const chain: Uint8Array[] = [];
  let current = tryReadCertificate(der);
  while (current && !isSelfIssued(current) && chain.length < MAX_CHAIN) {
    const below: Certificate = current;
    current = candidates.find((candidate) => hasIssued(candidate, below)) ?? null;
    if (current) chain.push(current.der);
  }
  return chain;
}

function hasIssued(issuer: Certificate, subject: Certificate): boolean {
  if (issuer.subject.key !== subject.issuer.key) return false;
  try {
    const scheme = signatureScheme(subject.signatureAlgorithm);
    return verifySignature(scheme, issuer.spki, [subject.tbs], subject.signature);
  } catch (error) {
    if (error instanceof UnsupportedAlgorithm) return false;
    throw error;
  }
}
