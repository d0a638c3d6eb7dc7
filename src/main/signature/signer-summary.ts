/** What people are told about the certificate of a signature (TT 15/2025/TT-BKHCN, Điều 6). */
import type { CertificateSummary, SignerSummary, TrustClass } from '../../shared/domain/verification.ts';
import { attributeValues, nameText } from '../x509/names.ts';
import { oids } from '../asn1/oids.ts';
import { signerName } from '../x509/certificate-use.ts';
import { serialText } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

export const certificateSummary = (certificate: Certificate): CertificateSummary => ({
  subject: nameText(certificate.subject),
  issuer: nameText(certificate.issuer),
  serial: serialText(certificate),
  notBefore: certificate.notBefore,
  notAfter: certificate.notAfter,
  fingerprint: certificate.fingerprint,
});

export function signerSummary(
  certificate: Certificate,
  chain: readonly Certificate[],
  trustClass: TrustClass,
): SignerSummary {
  const values = (type: string): string[] => attributeValues(certificate.subject, type);
  const [mail = ''] = certificate.extensions.subjectAltNames.flatMap((name) =>
    name.kind === 'email' ? [name.value] : [],
  );
  return {
    name: signerName(certificate),
    organisation: values(oids.organisation).at(-1) ?? '',
    units: values(oids.organisationalUnit),
    province: values(oids.locality).at(-1) ?? values(oids.state).at(-1) ?? '',
    email: values(oids.emailAddress).at(-1) ?? mail,
    kind: isAgency(certificate) ? 'agency' : 'personal',
    trustClass,
    certificate: certificateSummary(certificate),
    chain: chain.map(certificateSummary),
  };
}

/** How the names of agencies and companies begin; no person's name does, and Đoàn alone is a family name. */
const AGENCY =
  /^(trường|sở|ủy ban|uỷ ban|ubnd|hđnd|hội đồng|phòng|ban|bộ|chi cục|cục|tổng cục|vụ|trung tâm|văn phòng|viện|đảng ủy|chi bộ|công đoàn|công ty|tập đoàn|đoàn (thanh niên|tncs)|hội|liên đoàn|kho bạc|bệnh viện|trạm)(\s|$)/iu;

/**
 * An agency's certificate carries the agency's own name as common name; a person's carries a person's, and the
 * agency as unit. A person's identity number settles it.
 */
function isAgency({ subject }: Certificate): boolean {
  const ids = attributeValues(subject, oids.userId);
  if (ids.some((id) => /^(CMND|CCCD|HC):/i.test(id))) return false;
  const [name = ''] = attributeValues(subject, oids.commonName).slice(-1);
  return AGENCY.test(name.trim()) || ids.some((id) => /^MST:/i.test(id));
}
