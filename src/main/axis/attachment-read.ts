import { Buffer } from 'node:buffer';
import { extensionOf, mimeTypeOf } from '../../shared/domain/media-type.ts';
import { decodeBase64 } from './base64.ts';
import type { Problem } from './edxml-model.ts';
import type { XmlDocument, XmlElement } from './xml.ts';
import { unzipEntry, zipEntries } from './zip-read.ts';
import type { ZipEntry } from './zip-read.ts';

export interface Payload {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly problems: readonly Problem[];
}

/** Three bytes of a U+FFFD: what is left of a byte that went through a text conversion. */
const REPLACEMENT = Buffer.from('\ufffd');
/** A sound PDF has a few at most, by chance or in its metadata; a mangled one has thousands. */
const MANGLED_FROM = 20;
const UUID_NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The file inside an attachment, decided by its bytes: declared types are wrong as often as right. Nothing is thrown:
 * what cannot be had is flagged and the message stays whole.
 */
export function readPayload(document: XmlDocument, element: XmlElement | undefined, name: string): Payload {
  if (!element) return problem(name, 'axis.attachment-missing');
  const { bytes, junk, letters } = decodeBase64(document, element.text);
  if (letters + junk === 0) return problem(name, 'axis.attachment-empty');
  if (bytes.length === 0 || letters % 4 === 1 || junk > letters / 10)
    return problem(name, 'axis.attachment-undecodable');
  const problems: Problem[] = [];
  if (junk > 0) problems.push({ code: 'axis.attachment-junk', params: { name, count: junk } });
  const content = unwrap(bytes, name, problems);
  const kind = kindOf(content);
  const expected = EXPECTED[extensionOf(name)] ?? '';
  if ((expected !== '' && kind !== expected) || (kind === 'exe' && extensionOf(name) !== 'exe'))
    problems.push({
      code: 'axis.attachment-type-differs',
      params: { name, declared: extensionOf(name) || '?', actual: kind || '?' },
    });
  if (kind === 'pdf') {
    const count = countReplacements(content);
    if (count >= MANGLED_FROM) problems.push({ code: 'axis.attachment-mangled', params: { name, count } });
  }
  return { bytes: content, mimeType: kind === 'pdf' ? 'application/pdf' : mimeTypeOf(name), problems };
}

function problem(name: string, code: Problem['code']): Payload {
  return { bytes: new Uint8Array(), mimeType: mimeTypeOf(name), problems: [{ code, params: { name } }] };
}

/**
 * The vendor's writer puts most files into a zip of one entry `<uuid>.<ext>` without saying so in the name. An office
 * or ASiC file is a zip of its own and stays one.
 */
function unwrap(bytes: Uint8Array, name: string, problems: Problem[]): Uint8Array {
  if (kindOf(bytes) !== 'zip' || extensionOf(name) === 'zip') return bytes;
  const entries = zipEntries(bytes);
  if (entries?.some((entry) => entry.name === '[Content_Types].xml' || entry.name === 'mimetype'))
    return bytes;
  const [entry] = entries ?? [];
  if (entries && !(entries.length === 1 && entry && isWrapped(entry, name))) return bytes;
  const content = entry ? unzipEntry(bytes, entry) : null;
  if (content === null) problems.push({ code: 'axis.attachment-bad-zip', params: { name } });
  return content ?? bytes;
}

function isWrapped(entry: ZipEntry, name: string): boolean {
  const base = entry.name.split(/[/\\]/).at(-1) ?? '';
  const extension = extensionOf(base);
  const stem = extension === '' ? base : base.slice(0, -extension.length - 1);
  return (extension !== '' && extension === extensionOf(name)) || UUID_NAME.test(stem);
}

type FileKind = 'pdf' | 'zip' | 'ole' | 'png' | 'jpeg' | 'rar' | '7z' | 'exe' | '';

const SIGNATURES: readonly (readonly [FileKind, string])[] = [
  ['zip', 'PK\u0003\u0004'],
  ['ole', '\u00d0\u00cf\u0011\u00e0'],
  ['png', '\u0089PNG'],
  ['jpeg', '\u00ff\u00d8\u00ff'],
  ['rar', 'Rar!'],
  ['7z', '7z\u00bc\u00af'],
  ['exe', 'MZ'],
];

/** What an extension must contain; those not listed (text, old formats saved as something else) may be anything. */
const EXPECTED: Readonly<Record<string, FileKind>> = {
  pdf: 'pdf',
  docx: 'zip',
  xlsx: 'zip',
  pptx: 'zip',
  zip: 'zip',
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
};

function kindOf(bytes: Uint8Array): FileKind {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const signature = SIGNATURES.find(([, mark]) => head.startsWith(mark));
  if (signature) return signature[0];
  // Readers of PDF look for the header in the first 1024 bytes (ISO 32000-2, Annex I in PDF 1.7 implementations).
  return head.includes('%PDF-') ? 'pdf' : '';
}

function countReplacements(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf(REPLACEMENT); at >= 0; at = buffer.indexOf(REPLACEMENT, at + 3)) count += 1;
  return count;
}
