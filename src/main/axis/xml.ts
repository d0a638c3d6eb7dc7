import { Buffer } from 'node:buffer';
import { DeskError } from '../../shared/errors/index.ts';
import { unescapeXml } from './xml-text.ts';

/**
 * A small XML reader for messages as they really come: it finds elements by local name whatever their prefixes, skips
 * what stands around the root, and leaves text where it is in the bytes, so that 50 MB of base64 become neither a
 * string nor a copy. (fast-xml-parser, measured on such a message: 7.6 s and 1.9 GB, and `<a><b></a>` accepted.)
 *
 * No DTD, no entities but the predefined ones. Work and memory are linear in the size of the message.
 */
export interface XmlElement {
  /** Local name in lower case: senders disagree about prefixes and about capitals. */
  readonly name: string;
  /** Values by local name in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: readonly TextRange[];
}

/** Character data in the bytes of the message; `verbatim` inside CDATA. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly verbatim: boolean;
}

export interface XmlDocument {
  readonly root: XmlElement;
  /** UTF-8; what the text ranges refer to. */
  readonly bytes: Buffer;
  /** Something other than white space stood before or after the root element. */
  readonly textAround: boolean;
}

/** `pieces` are runs of text of one element, parted by comments and CDATA sections. */
const XML_LIMITS = {
  depth: 64,
  elements: 400_000,
  attributes: 64,
  name: 200,
  text: 262_144,
  pieces: 10_000,
} as const;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const EQUALS = 0x3d;

interface OpenElement extends XmlElement {
  readonly tag: string;
  readonly children: OpenElement[];
  readonly text: TextRange[];
}

/** Throws `axis.xml-broken` (with the byte offset), `axis.dtd`, `axis.not-edxml` (no element), `axis.read-limit`. */
export function parseXml(input: Uint8Array): XmlDocument {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  const { start, junkBefore } = findStart(bytes);
  const stack: OpenElement[] = [];
  const finish = (root: XmlElement, end: number): XmlDocument => ({
    root,
    bytes,
    textAround: junkBefore || skipBlank(bytes, end) < bytes.length,
  });
  let elements = 0;
  let at = start;
  for (;;) {
    const open = bytes.indexOf(LT, at);
    const parent = stack.at(-1);
    if (open < 0) throw broken(bytes.length);
    if (open > at) addText(parent, { start: at, end: open, verbatim: false });
    const next = bytes[open + 1];
    if (next === QUESTION) at = after(bytes, '?>', open);
    else if (next === BANG) at = skipDeclaration(bytes, open, parent);
    else if (next === SLASH) {
      const nameEnd = skipName(bytes, open + 2);
      const close = skipBlank(bytes, nameEnd);
      const closed = stack.pop();
      if (bytes[close] !== GT || closed?.tag !== bytes.toString('utf8', open + 2, nameEnd))
        throw broken(open);
      at = close + 1;
      if (stack.length === 0) return finish(closed, at);
    } else {
      const { element, end, selfClosing } = readStartTag(bytes, open);
      elements += 1;
      if (elements > XML_LIMITS.elements) throw limit('elements', XML_LIMITS.elements);
      if (stack.length >= XML_LIMITS.depth) throw limit('depth', XML_LIMITS.depth);
      parent?.children.push(element);
      at = end;
      if (!selfClosing) stack.push(element);
      else if (!parent) return finish(element, end);
    }
  }
}

function addText(element: OpenElement | undefined, range: TextRange): void {
  if (element && element.text.push(range) > XML_LIMITS.pieces) throw limit('pieces', XML_LIMITS.pieces);
}

/** The character data of an element, references expanded, as one string. */
export function textOf(document: XmlDocument, element: XmlElement | undefined): string {
  if (!element) return '';
  const size = element.text.reduce((sum, { start, end }) => sum + end - start, 0);
  if (size > XML_LIMITS.text) throw limit(element.name, XML_LIMITS.text);
  return element.text
    .map(({ start, end, verbatim }) => {
      const text = document.bytes.toString('utf8', start, end);
      return verbatim ? text : unescapeXml(text);
    })
    .join('');
}

/** Every element below `element`, itself included, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* descendants(child);
}

/**
 * Real messages begin with a BOM, white space or stray digits: the declaration or the first edXML element counts.
 * What is skipped must not hide a DTD.
 */
function findStart(bytes: Buffer): { start: number; junkBefore: boolean } {
  const head = bytes.toString('latin1', 0, 65_536);
  const start =
    /^(?:\u00ef\u00bb\u00bf)?\s*(?=<[A-Za-z_!?])/.exec(head)?.[0].length ??
    /<\?xml[\s?]|<(?:[\w.-]{1,64}:)?edxml/i.exec(head)?.index ??
    /<[A-Za-z_!?]/.exec(head)?.index;
  if (start === undefined) throw new DeskError('axis.not-edxml', { part: 'XML' });
  const skipped = head.slice(0, start);
  if (/<!doctype/i.test(skipped)) throw new DeskError('axis.dtd');
  return { start, junkBefore: skipped.replace(/^\u00ef\u00bb\u00bf/, '').trim() !== '' };
}

/** Comment or CDATA section; every other `<!` declares something, and messages have nothing to declare. */
function skipDeclaration(bytes: Buffer, open: number, parent: OpenElement | undefined): number {
  if (startsWith(bytes, '<!--', open)) return after(bytes, '-->', open + 4);
  if (startsWith(bytes, '<![CDATA[', open)) {
    const end = after(bytes, ']]>', open + 9);
    addText(parent, { start: open + 9, end: end - 3, verbatim: true });
    return end;
  }
  if (bytes.toString('latin1', open, open + 9).toLowerCase() === '<!doctype') throw new DeskError('axis.dtd');
  throw broken(open);
}

function readStartTag(
  bytes: Buffer,
  open: number,
): { element: OpenElement; end: number; selfClosing: boolean } {
  const nameEnd = skipName(bytes, open + 1);
  const tag = bytes.toString('utf8', open + 1, nameEnd);
  if (!/^[\p{L}_:]/u.test(tag)) throw broken(open);
  const attributes = new Map<string, string>();
  const element: OpenElement = { tag, name: localName(tag), attributes, children: [], text: [] };
  let at = skipBlank(bytes, nameEnd);
  for (;;) {
    if (bytes[at] === GT) return { element, end: at + 1, selfClosing: false };
    if (bytes[at] === SLASH && bytes[at + 1] === GT) return { element, end: at + 2, selfClosing: true };
    const attributeEnd = skipName(bytes, at);
    const equals = skipBlank(bytes, attributeEnd);
    const open = skipBlank(bytes, equals + 1);
    const quote = bytes[open];
    if (attributeEnd === at || bytes[equals] !== EQUALS || (quote !== 0x22 && quote !== 0x27))
      throw broken(at);
    const close = bytes.indexOf(quote, open + 1);
    if (close < 0) throw broken(at);
    if (close - open > XML_LIMITS.text) throw limit('attribute', XML_LIMITS.text);
    if (attributes.size >= XML_LIMITS.attributes) throw limit('attributes', XML_LIMITS.attributes);
    attributes.set(
      localName(bytes.toString('utf8', at, attributeEnd)),
      unescapeXml(bytes.toString('utf8', open + 1, close)),
    );
    at = skipBlank(bytes, close + 1);
  }
}

/** Index of the first byte from `at` on that cannot be in a name: white space, `/`, `>`, `=`, `<` or the end. */
function skipName(bytes: Buffer, at: number): number {
  let end = at;
  for (;;) {
    const byte = bytes[end];
    if (
      byte === undefined ||
      isBlank(byte) ||
      byte === SLASH ||
      byte === GT ||
      byte === EQUALS ||
      byte === LT
    )
      return end;
    end += 1;
    if (end - at > XML_LIMITS.name) throw limit('name', XML_LIMITS.name);
  }
}

function skipBlank(bytes: Buffer, at: number): number {
  let end = at;
  while (isBlank(bytes[end])) end += 1;
  return end;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function localName(tag: string): string {
  return tag.slice(tag.lastIndexOf(':') + 1).toLowerCase();
}

function after(bytes: Buffer, mark: string, from: number): number {
  const at = bytes.indexOf(mark, from);
  if (at < 0) throw broken(from);
  return at + mark.length;
}

function startsWith(bytes: Buffer, mark: string, at: number): boolean {
  return bytes.toString('latin1', at, at + mark.length) === mark;
}

function broken(offset: number): DeskError {
  return new DeskError('axis.xml-broken', { offset });
}

function limit(what: string, max: number): DeskError {
  return new DeskError('axis.read-limit', { what, max });
}
