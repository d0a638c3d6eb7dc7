/** What keeps a PDF/A a PDF/A when a picture is put on it (ISO 19005). */
import { deflateSync } from 'node:zlib';
import type { CosDict, CosStream } from './cos.ts';
import { dict, intOf, isStream, name, stream } from './cos.ts';
import { damaged } from './limits.ts';
import type { PdfDocument } from './reader.ts';

/** The part of ISO 19005 a file claims in its XMP metadata; undefined when it claims none. */
export function archivalPart(document: PdfDocument): number | undefined {
  const metadata = document.get(document.catalog.get('Metadata'));
  if (!isStream(metadata)) return undefined;
  const text = Buffer.from(document.decode(metadata)).toString('utf8');
  const claim = /pdfaid:part(?:>|\s*=\s*["'])\s*(\d)/.exec(text);
  return claim ? Number(claim[1]) : undefined;
}

/**
 * A soft mask as an explicit one: a pixel shows or it does not. PDF/A-1 forbids /SMask (ISO 19005-1, 6.4) and allows
 * this (ISO 32000-2, 8.9.6.3), so that a seal still leaves visible what it lies upon.
 */
export function explicitMask(document: PdfDocument, mask: CosStream): CosStream {
  const [width, height] = [size(document, mask.dict, 'Width'), size(document, mask.dict, 'Height')];
  const grey = document.decode(mask);
  if (grey.length < width * height) throw damaged('drawing');
  const row = Math.ceil(width / 8);
  const bits = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // 1 masks out (8.9.6.2).
      if (grey[y * width + x]! < 128) bits[y * row + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  const entries = {
    Type: name('XObject'),
    Subtype: name('Image'),
    Width: width,
    Height: height,
    ImageMask: true,
    BitsPerComponent: 1,
    Filter: name('FlateDecode'),
  };
  return stream(dict(entries), () => deflateSync(bits));
}

function size(document: PdfDocument, entries: CosDict, key: string): number {
  const value = intOf(document.get(entries.get(key)));
  if (value === undefined || value < 1) throw damaged('drawing');
  return value;
}
