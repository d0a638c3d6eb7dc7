import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type FontStyle = 'regular' | 'bold' | 'italic' | 'bold-italic';

const FONT_FILES: Readonly<Record<FontStyle, string>> = {
  regular: '400Regular/Tinos_400Regular.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  'bold-italic': '700Bold_Italic/Tinos_700Bold_Italic.ttf',
};

const loaded = new Map<FontStyle, Uint8Array>();

/** The TrueType file of Tinos, metrically Times New Roman (NĐ 30/2020, Annex I.I.I.4), read once a process. */
export function tinos(style: FontStyle = 'regular'): Uint8Array {
  let bytes = loaded.get(style);
  if (!bytes) {
    const require = createRequire(import.meta.url);
    bytes = alignGlyphs(readFileSync(require.resolve(`@expo-google-fonts/tinos/${FONT_FILES[style]}`)));
    loaded.set(style, bytes);
  }
  return bytes;
}

/**
 * Pads every glyph to an even length. Tinos packs its glyphs tightly, which its long `loca` table can express; fontkit
 * writes subsets with a short one, whose offsets count in pairs of bytes (OpenType, loca), so half the letters of a
 * subset would point into the middle of their neighbours.
 */
function alignGlyphs(font: Buffer): Uint8Array {
  const count = font.readUInt16BE(4);
  const records = Array.from({ length: count }, (_, i) => 12 + i * 16).map((at) => ({
    at,
    tag: font.toString('latin1', at, at + 4),
    data: font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12)),
  }));
  const table = (tag: string) => records.find((record) => record.tag === tag)!.data;
  const [oldLoca, oldGlyf] = [table('loca'), table('glyf')];
  const loca = Buffer.from(oldLoca);
  const glyphs: Buffer[] = [];
  let length = 0;
  for (let i = 0; i + 4 < oldLoca.length; i += 4) {
    const glyph = oldGlyf.subarray(oldLoca.readUInt32BE(i), oldLoca.readUInt32BE(i + 4));
    glyphs.push(glyph);
    if (glyph.length % 2) glyphs.push(Buffer.alloc(1));
    length += glyph.length + (glyph.length % 2);
    loca.writeUInt32BE(length, i + 4);
  }
  const changed: Readonly<Record<string, Buffer>> = { loca, glyf: Buffer.concat(glyphs) };

  const directory = Buffer.from(font.subarray(0, 12 + count * 16));
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (const { at, tag, data } of records) {
    const content = changed[tag] ?? data;
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(content.length, at + 12);
    const padding = Buffer.alloc((4 - (content.length % 4)) % 4);
    parts.push(content, padding);
    offset += content.length + padding.length;
  }
  return Buffer.concat(parts);
}
