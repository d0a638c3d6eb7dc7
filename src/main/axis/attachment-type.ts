import { zipSync } from 'fflate';
import { extensionOf, mimeTypeOf } from '../../shared/domain/media-type.ts';
import type { Attachment } from './edxml-model.ts';

/**
 * Raw bytes under their real type. `.ZIP` in upper case is renamed: the vendor's reader takes it for a wrapper and
 * loses every entry but the first.
 */
export function realMimeType(attachment: Attachment): Attachment {
  const name = attachment.name.replace(/\.zip$/i, '.zip');
  return { ...attachment, name, mimeType: mimeTypeOf(name) };
}

/** What the vendor's library writes raw, under type names of its own. */
const VENDOR_RAW: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/doc',
  docx: 'application/docx',
  zip: 'application/zip',
};

/** The vendor library's own habit: few types raw, all others as a zip with one entry named after the content id. */
export function forVendorReader(attachment: Attachment): Attachment {
  const extension = extensionOf(attachment.name);
  const raw = VENDOR_RAW[extension];
  if (raw !== undefined) return { ...realMimeType(attachment), mimeType: raw };
  const entry = extension === '' ? attachment.contentId : `${attachment.contentId}.${extension}`;
  return { ...attachment, mimeType: 'application/zip', bytes: zipSync({ [entry]: attachment.bytes }) };
}
