import { zipSync } from 'fflate';
import type { Attachment } from './edxml-model.ts';

/** Real MIME types by extension: where an axis checks at all, it demands the type that belongs to the extension. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  zip: 'application/zip',
  rar: 'application/vnd.rar',
  '7z': 'application/x-7z-compressed',
  txt: 'text/plain',
  csv: 'text/csv',
  xml: 'application/xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
};

/** The extension of a file name in lower case without its dot; `''` when there is none. */
export function extensionOf(name: string): string {
  return /\.([0-9A-Za-z]{1,10})$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
}

export function mimeTypeOf(name: string): string {
  return MIME_TYPES[extensionOf(name)] ?? 'application/octet-stream';
}

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
