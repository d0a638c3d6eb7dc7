/** What a certificate is for, and whose it is. */
import { contextTag, fields, inner, readDer } from '../asn1/der.ts';
import { readExtensionList } from './extensions.ts';
import { attributeValues, nameText } from './names.ts';
import { oids } from '../asn1/oids.ts';
import type { Certificate } from './certificate.ts';

/** Common name, or the whole subject of a certificate that has none. */
export const signerName = ({ subject }: Certificate): string =>
  attributeValues(subject, oids.commonName).at(-1) ?? nameText(subject);

/** RFC 5280, 4.2.1.3: without the extension every use is allowed. A CA's certificate signs no documents. */
export function isForSigning({ extensions: { keyUsage, basicConstraints } }: Certificate): boolean {
  if (basicConstraints?.ca) return false;
  return !keyUsage || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation');
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
