import { Buffer } from 'node:buffer';
import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

const MAX_ENTRIES = 10_000;
/** D 4.3: an attachment that grows more than this was made to fill the disk. */
const MAX_RATIO = 100;
const MAX_SIZE = 200 * 1024 * 1024;

/**
 * Entries of a zip archive by its central directory: the vendor's writer leaves sizes out of the local headers.
 * null when there is no intact directory. (APPNOTE 4.3.12, 4.3.16; no ZIP64: messages are far smaller.)
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0 || end + 22 > zip.length) return null;
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (count > MAX_ENTRIES) return null;
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > end || zip.readUInt32LE(at) !== 0x02014b50) return null;
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      compressedSize: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      headerOffset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** The content of one entry, its checksum verified; null when it is damaged or grows beyond the limits. */
export function unzipEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { headerOffset: at, compressedSize, size } = entry;
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== 0x04034b50) return null;
  if (size > MAX_SIZE || size > Math.max(compressedSize, 1) * MAX_RATIO) return null;
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  if (start + compressedSize > zip.length) return null;
  const content = inflate(zip.subarray(start, start + compressedSize), entry);
  return content !== null && content.length === size && crc32(content) === entry.crc ? content : null;
}

function inflate(packed: Buffer, { method, size }: ZipEntry): Uint8Array | null {
  if (method === 0) return packed;
  if (method !== 8) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    // Damaged or longer than its directory says: the caller flags the attachment.
    return null;
  }
}
