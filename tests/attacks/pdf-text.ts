/** PDFs written by hand, so that an attack can put any byte anywhere. Object bodies are text, one character a byte. */
export type Objects = Readonly<Record<number, string>>;

export const stream = (content: string, entries = ''): string =>
  `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;

export const showText = (text: string): string => `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;

/** One page that says `PAY 100`, Helvetica. 1 catalog, 2 pages, 3 page, 4 content, 5 font, 6 resources. */
export const LETTER: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>',
  4: stream(showText('PAY 100')),
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  6: '<< /Font << /F1 5 0 R >> >>',
};

export function writePdf(objects: Objects): Buffer {
  return append(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'), objects, { first: true });
}

export interface AppendOptions {
  /** Not an update: the section starts with object 0 and has no /Prev. */
  readonly first?: boolean;
  /** Bytes between the objects and the section. */
  readonly extra?: string;
  /** Object number of the catalog, 1 when left out. */
  readonly root?: number;
  /** Section entries that point elsewhere than to the object written here. */
  readonly offsets?: Readonly<Record<number, number>>;
  /** Object numbers the section declares free. */
  readonly free?: readonly number[];
  /** More entries of the trailer. */
  readonly trailer?: string;
  /** Between the trailer and `startxref`, and between its number and `%%EOF`. */
  readonly comments?: readonly [string, string];
  /** Leave the cross-reference section away, or the trailer and all behind it. */
  readonly without?: 'section' | 'everything';
}

/** The file with an update of these objects behind it, in the classic form (ISO 32000-2, 7.5.6). */
export function append(bytes: Buffer, objects: Objects, options: AppendOptions = {}): Buffer {
  const offsets = new Map<number, string>(options.first ? [[0, '0000000000 65535 f \n']] : []);
  let body = '';
  for (const [num, text] of Object.entries(objects)) {
    offsets.set(Number(num), entry(bytes.length + body.length));
    body += `${num} 0 obj\n${text}\nendobj\n`;
  }
  for (const [num, offset] of Object.entries(options.offsets ?? {})) offsets.set(Number(num), entry(offset));
  for (const num of options.free ?? []) offsets.set(num, '0000000000 00001 f \n');
  body += options.extra ?? '';
  if (options.without === 'everything') return Buffer.concat([bytes, Buffer.from(body, 'latin1')]);
  const startXref = bytes.length + body.length;
  const sections = [...offsets]
    .toSorted(([a], [b]) => a - b)
    .map(([num, line]) => `${num} 1\n${line}`)
    .join('');
  const size = Math.max(lastSize(bytes), ...[...offsets.keys()].map((num) => num + 1));
  const previous = options.first ? '' : ` /Prev ${lastStartXref(bytes)}`;
  const section = options.without === 'section' ? '' : `xref\n${sections}`;
  const end = `${section}trailer\n<< /Size ${size} /Root ${options.root ?? 1} 0 R${previous} ${options.trailer ?? ''} >>\n`;
  const [before, behind] = options.comments ?? ['', ''];
  const last = `${before}startxref\n${startXref}\n${behind}%%EOF\n`;
  return Buffer.concat([bytes, Buffer.from(`${body}${end}${last}`, 'latin1')]);
}

const entry = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`;

const lastMatch = (bytes: Buffer, pattern: RegExp): number =>
  Number([...bytes.toString('latin1').matchAll(pattern)].at(-1)?.[1] ?? 0);
export const lastStartXref = (bytes: Buffer): number => lastMatch(bytes, /startxref\s+(\d+)/g);
const lastSize = (bytes: Buffer): number => lastMatch(bytes, /\/Size (\d+)/g);

/** Where object `num` stands for the last time. */
export function offsetOf(bytes: Buffer, num: number): number {
  const at = bytes.lastIndexOf(`\n${num} 0 obj`, undefined, 'latin1');
  if (at < 0) throw new Error(`no object ${num}`);
  return at + 1;
}

/** The body of object `num` as it last stands. */
export function bodyOf(bytes: Buffer, num: number): string {
  const start = offsetOf(bytes, num) + `${num} 0 obj\n`.length;
  return bytes.toString('latin1', start, bytes.indexOf('\nendobj', start, 'latin1'));
}

/** Overwrites bytes in place; the length stays. */
export function overwrite(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.lastIndexOf(from, undefined, 'latin1');
  if (at < 0 || from.length !== to.length) throw new Error(`cannot overwrite ${from}`);
  const copy = Buffer.from(bytes);
  copy.write(to, at, 'latin1');
  return copy;
}
