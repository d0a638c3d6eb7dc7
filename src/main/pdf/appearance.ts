import { createHash } from '../crypto/index.ts';
import fontkit from '@pdf-lib/fontkit';
import type { Color } from './pdf-lib.ts';
import { grayscale, PDFDocument, rgb } from './pdf-lib.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { archivalPart, explicitMask } from './archival.ts';
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { dict, isArray, isDict, isRef, isStream, name, nameOf, stream, withEntries } from './cos.ts';
import type { FontStyle } from './font.ts';
import { tinos } from './font.ts';
import type { Rect, Rotation } from './geometry.ts';
import { uprightMatrix } from './geometry.ts';
import { imageCover } from './image-cover.ts';
import type { IncrementalWriter } from './incremental.ts';
import { damaged } from './limits.ts';
import { getPage } from './pages.ts';
import { readPng } from './png.ts';
import type { PdfDocument } from './reader.ts';
import { openPdf } from './reader.ts';
import { formatNumber } from './serialize.ts';
import { memorySource } from './source.ts';

/** A drawn picture of known size in points, ready to be placed in any document. Plain data. */
export interface Appearance {
  readonly width: number;
  readonly height: number;
  /** A PDF of one page of that size. */
  readonly drawing: Uint8Array;
}

/** An empty PDF that can embed fonts: the start of every drawing. */
export async function newDrawing(): Promise<PDFDocument> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  return pdf;
}

/** A drawing that is done, its one page `width` × `height` points. */
export async function finishDrawing(pdf: PDFDocument, width: number, height: number): Promise<Appearance> {
  const drawing = await pdf.save({ useObjectStreams: false, addDefaultPage: false });
  return { width, height, drawing };
}

/** Drawing costs tens of milliseconds and a batch shows the same picture on every file. */
const CACHE_SIZE = 32;
const cache = new Map<string, Promise<Appearance>>();

export function cachedDrawing(key: readonly unknown[], draw: () => Promise<Appearance>): Promise<Appearance> {
  const id = createHash('sha256').update(JSON.stringify(key)).digest('hex');
  let drawing = cache.get(id);
  if (!drawing) {
    drawing = draw();
    drawing.catch(() => cache.delete(id));
    cache.set(id, drawing);
    if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value!);
  }
  return drawing;
}

/**
 * A PNG, transparency kept, as large as fits into `width` × `height` points and centred there: a handwritten
 * signature, or a seal whose box is its real size (NĐ 30/2020, Annex I.I.II.7d and 8a). Error: `pdf.bad-image`.
 */
export function imageAppearance(png: Uint8Array, width: number, height: number): Promise<Appearance> {
  const hash = createHash('sha256').update(png).digest('hex');
  return cachedDrawing(['image', hash, width, height], async () => {
    const size = readPng(png);
    const pdf = await newDrawing();
    const image = await pdf.embedPng(size.bytes).catch((error: unknown) => {
      throw new DeskError('pdf.bad-image', {}, error);
    });
    const scale = Math.min(width / size.width, height / size.height);
    const [w, h] = [size.width * scale, size.height * scale];
    const page = pdf.addPage([width, height]);
    page.drawImage(image, { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h });
    return finishDrawing(pdf, width, height);
  });
}

/** A seal is rings, letters and a star: about a third of its square. A disc whose ground is painted is more than this. */
const MOST_OPAQUE = 0.5;

/**
 * Would this PNG hide what it is put on? Measured on what a signature would show, by the measure that judges it
 * afterwards. Error: `pdf.bad-image`.
 */
export async function isOpaque(png: Uint8Array): Promise<boolean> {
  const { drawing } = await imageAppearance(png, 100, 100);
  const document = openPdf(memorySource(drawing));
  const resources = document.dict(getPage(document, 0).inherited.get('Resources'));
  const images = [...(document.dict(resources?.get('XObject'))?.values() ?? [])]
    .map((item) => document.get(item))
    .filter(isStream);
  return images.some((image) => {
    const { opacity } = imageCover(document, image);
    return opacity.reduce((sum, part) => sum + part, 0) > opacity.length * MOST_OPAQUE;
  });
}

export interface TextStyle {
  /** Points. */
  readonly size: number;
  readonly leading: number;
  readonly align: 'left' | 'center' | 'right';
  readonly font?: FontStyle;
  /** `#RRGGBB`, default black. */
  readonly colour?: string;
  /** Letters its font has first, in this order, whether they are shown or not. */
  readonly alphabet?: string;
}

/** Half the height of capitals and digits, in parts of the font size: what centred text stands below the middle. */
export const HALF_CAPITAL = 0.33;

/** Black is a grey: every PDF/A allows that, whatever its output intent (ISO 19005-1, 6.2.3.3). */
export function inkOf(colour: string): Color {
  if (colour === '#000000') return grayscale(0);
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  return rgb(red ?? 0, green ?? 0, blue ?? 0);
}

/**
 * Lines of text in an embedded subset of Tinos, the block centred vertically. A line too long for the box is
 * set smaller, so that nothing signed is ever cut off.
 */
export function textAppearance(
  lines: readonly string[],
  width: number,
  height: number,
  style: TextStyle,
): Promise<Appearance> {
  return cachedDrawing(['text', lines, width, height, style], async () => {
    const pdf = await newDrawing();
    const font = await pdf.embedFont(tinos(style.font), { subset: true });
    if (style.alphabet !== undefined) font.encodeText(style.alphabet);
    const page = pdf.addPage([width, height]);
    const color = inkOf(style.colour ?? '#000000');
    const texts = lines.map((line) => line.normalize('NFC'));
    const widest = Math.max(1, ...texts.map((text) => font.widthOfTextAtSize(text, style.size)));
    const size = Math.min(style.size, (style.size * (width - 2)) / widest);
    const block = (texts.length - 1) * style.leading;
    // At the wanted size even where the letters are smaller, so that they stay on the line they are part of.
    const firstBaseline = (height + block) / 2 - style.size * HALF_CAPITAL;
    texts.forEach((text, i) => {
      const free = width - font.widthOfTextAtSize(text, size);
      const x = style.align === 'left' ? 1 : style.align === 'center' ? free / 2 : free - 1;
      page.drawText(text, { x, y: firstBaseline - i * style.leading, size, font, color });
    });
    return finishDrawing(pdf, width, height);
  });
}

/** Copies an object of another document and all it refers to. */
function copier(writer: IncrementalWriter, from: PdfDocument): (object: CosObject) => CosObject {
  const copies = new Map<number, CosRef>();
  const copyOfDict = (entries: CosDict): CosDict => {
    const soft = from.get(entries.get('SMask'));
    if (!isStream(soft) || archivalPart(writer.document) !== 1) return copy(entries) as CosDict;
    const others = [...entries].filter(([key]) => key !== 'SMask');
    const Mask = writer.add(explicitMask(from, soft));
    return withEntries(copy(new Map(others)) as CosDict, { Mask });
  };
  const copy = (object: CosObject): CosObject => {
    if (isRef(object)) {
      const known = copies.get(object.num);
      if (known) return known;
      const id = writer.reserve();
      copies.set(object.num, id);
      writer.set(id, copy(from.get(object)));
      return id;
    }
    if (isArray(object)) return object.map(copy);
    if (isDict(object)) return new Map([...object].map(([key, value]) => [key, copy(value)] as const));
    if (isStream(object)) return stream(copyOfDict(object.dict), object.raw);
    return object;
  };
  return copy;
}

/**
 * Puts a drawing into the new revision as a form XObject (ISO 32000-2, 8.10) of `width` × `height` user space units,
 * scaled to fit with its proportions kept, upright on a page turned by `rotate`.
 * @param known fonts of the document; one with the program of the drawing's takes its place
 */
export function importAppearance(
  writer: IncrementalWriter,
  appearance: Appearance,
  width: number,
  height: number,
  rotate: Rotation,
  known: readonly CosObject[] = [],
): CosRef {
  const drawing = openPdf(memorySource(appearance.drawing));
  const page = getPage(drawing, 0);
  const held = drawing.get(page.dict.get('Contents'));
  const parts = (isArray(held) ? held : [held]).map((part) => {
    const content = drawing.get(part);
    if (!isStream(content)) throw damaged('drawing');
    return drawing.decode(content);
  });
  const scale = Math.min(width / appearance.width, height / appearance.height);
  const x = (width - appearance.width * scale) / 2;
  const y = (height - appearance.height * scale) / 2;
  const placed = [scale, 0, 0, scale, x, y].map((n) => formatNumber(Number(n.toFixed(5)))).join(' ');
  const content = Buffer.concat([
    Buffer.from(`q ${placed} cm\n`),
    ...parts.flatMap((part) => [part, Buffer.from('\n')]),
    Buffer.from('Q\n'),
  ]);
  const resources = drawing.dict(page.inherited.get('Resources')) ?? dict({});
  const own = drawing.dict(resources.get('Font')) ?? dict({});
  const copy = copier(writer, drawing);
  const Font: CosDict = new Map(
    [...own].map(([key, font]) => [key, sameFont(writer.document, known, drawing, font) ?? copy(font)]),
  );
  const copied = copy(new Map([...resources].filter(([key]) => key !== 'Font'))) as CosDict;
  return writer.add(form(width, height, rotate, content, withEntries(copied, own.size > 0 ? { Font } : {})));
}

/** The one of `known` whose glyphs are those of a font of the drawing, at the same codes. */
function sameFont(
  document: PdfDocument,
  known: readonly CosObject[],
  drawing: PdfDocument,
  font: CosObject,
): CosObject | undefined {
  if (known.length === 0) return undefined;
  const program = fontProgram(drawing, font);
  return known.find((one) => {
    const other = fontProgram(document, one);
    return program !== undefined && other !== undefined && Buffer.compare(program, other) === 0;
  });
}

/** The program of a font whose codes are its glyphs (9.7.4.2), as textAppearance embeds it. */
function fontProgram(document: PdfDocument, object: CosObject): Uint8Array | undefined {
  const font = document.dict(object);
  const descendant = document.dict(document.array(font?.get('DescendantFonts'))?.[0]);
  const isPlain =
    nameOf(document.get(font?.get('Encoding'))) === 'Identity-H' &&
    nameOf(document.get(descendant?.get('CIDToGIDMap'))) === 'Identity';
  const program = document.get(document.dict(descendant?.get('FontDescriptor'))?.get('FontFile2'));
  return isPlain && isStream(program) ? document.decode(program) : undefined;
}

/** The appearance of an empty field over `rect`: PDF/A wants one even where nothing is shown (ISO 19005-2, 6.3.3). */
export function blankForm(rect: Rect, rotate: Rotation): CosObject {
  const [across, up] = [rect[2] - rect[0], rect[3] - rect[1]];
  const [width, height] = rotate % 180 === 0 ? [across, up] : [up, across];
  return form(width, height, rotate, new Uint8Array(0), dict({}));
}

function form(
  width: number,
  height: number,
  rotate: Rotation,
  content: Uint8Array,
  resources: CosObject,
): CosObject {
  const entries = {
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: [0, 0, width, height],
    Matrix: uprightMatrix(rotate, width, height),
    Resources: resources,
  };
  return stream(dict(entries), () => content);
}

/** A font with these characters for the default resources of a form (12.7.3, /DR). */
export async function fontResource(
  writer: IncrementalWriter,
  characters: string,
  font: FontStyle,
): Promise<CosObject> {
  const style = { size: 10, leading: 0, align: 'left', font } as const;
  const drawing = openPdf(memorySource((await textAppearance([characters], 1000, 20, style)).drawing));
  const resources = drawing.dict(getPage(drawing, 0).inherited.get('Resources'));
  const [embedded] = drawing.dict(resources?.get('Font'))?.values() ?? [];
  if (embedded === undefined) throw damaged('drawing');
  return copier(writer, drawing)(embedded);
}
