/** What a certificate is for, and whose it is. */
import { attributeValues, nameText } from './names.ts';
import { oids } from './oids.ts';
import type { Certificate } from './x509.ts';

/** Common name, or the whole subject of a certificate that has none. */
export const signerName = ({ subject }: Certificate): string =>
  attributeValues(subject, oids.commonName).at(-1) ?? nameText(subject);

/** RFC 5280, 4.2.1.3: without the extension every use is allowed. A CA's certificate signs no documents. */
export function isForSigning({ extensions: { keyUsage, basicConstraints } }: Certificate): boolean {
  if (basicConstraints?.ca) return false;
  return !keyUsage || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation');
}
