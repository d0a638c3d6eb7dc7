/** What a certificate is for, and whose it is. */
import { contextTag, fields, inner, readDer } from '../asn1/der.ts';
import { readExtensionList } from './extensions.ts';
import { attributeValues, nameText } from './names.ts';
import { oids } from '../asn1/oids.ts';
import { serialText } from './certificate.ts';
import type { Certificate } from './certificate.ts';

/** Common name, else organisation, else unit, else the whole subject, else the serial number: a name is never blank. */
export function signerName(certificate: Certificate): string {
  const { subject } = certificate;
  const named = [oids.commonName, oids.organisation, oids.organisationalUnit]
    .map((type) => attributeValues(subject, type).at(-1)?.trim())
    .find((value) => value);
  return named ?? (nameText(subject) || `Serial ${serialText(certificate)}`);
}

/** Purposes that documents are signed for (RFC 5280, 4.2.1.12; RFC 9336). */
const DOCUMENT_PURPOSES: ReadonlySet<string> = new Set([
  oids.anyExtendedKeyUsage,
  oids.emailProtection,
  oids.documentSigning,
  oids.microsoftDocumentSigning,
  oids.adobeAuthenticDocuments,
]);

/**
 * Both extensions limit the uses of a certificate, and without one all are allowed (RFC 5280, 4.2.1.3 and 4.2.1.12; the
 * scope of a certificate in TT 15/2025/TT-BKHCN). A CA's certificate signs no documents. Persons who log in with the
 * certificate they sign with have client authentication beside non-repudiation.
 */
export function isForSigning({ extensions }: Certificate): boolean {
  const { keyUsage, extendedKeyUsage, basicConstraints } = extensions;
  if (basicConstraints?.ca) return false;
  if (keyUsage && !keyUsage.has('digitalSignature') && !keyUsage.has('nonRepudiation')) return false;
  if (!extendedKeyUsage || extendedKeyUsage.some((purpose) => DOCUMENT_PURPOSES.has(purpose))) return true;
  return extendedKeyUsage.includes(oids.clientAuth) && keyUsage?.has('nonRepudiation') === true;
}

/** RFC 3161, 2.3: extended key usage critical, and nothing in it but time stamping. */
export function isTimestampAuthority(certificate: Certificate): boolean {
  const usages = certificate.extensions.extendedKeyUsage ?? [];
  return usages.length === 1 && usages[0] === oids.timeStamping && isUsageCritical(certificate);
}

function isUsageCritical({ tbs }: Certificate): boolean {
  const extensions = fields(readDer(tbs))
    .rest()
    .find((field) => field.tag === contextTag(3));
  return readExtensionList(extensions && inner(extensions)).some(
    ({ oid, critical }) => oid === oids.extendedKeyUsage && critical,
  );
}
