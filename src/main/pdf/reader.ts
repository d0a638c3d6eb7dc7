import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosObject, CosRef, CosStream } from './cos.ts';
import { bytesString, intOf, isArray, isDict, isRef, isStream, isString, nameOf, ref } from './cos.ts';
import type { Encryption } from './encryption.ts';
import { unlock } from './encryption.ts';
import { decodeStream } from './filters.ts';
import { Lexer } from './lexer.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';
import { ObjectStreams } from './object-streams.ts';
import type { ByteSource } from './source.ts';
import type { ObjectParser, XrefEntry, XrefSection } from './xref.ts';
import { findStartXref, readXrefChain } from './xref.ts';

/** Oddities that readers forgive but that make byte ranges or revisions ambiguous: such a file is never signed. */
export type Damage = 'junk-before-header' | 'trailing-bytes';

interface Indirect {
  readonly object: CosObject;
  /** Behind `endobj`. */
  readonly end: number;
  /** Read the same in every version of the file that has these bytes: no length taken from another object. */
  readonly isFixed?: boolean;
}

/** What versions of one file have in common, by offset: an object is parsed once however many revisions keep it. */
interface Parts {
  readonly sections: Map<number, XrefSection>;
  /** Not decrypted. */
  readonly objects: Map<number, Indirect & { readonly owner: CosRef }>;
}

/**
 * One PDF file, read lazily along its cross-reference sections and never by scanning (a later copy of an object that
 * no section points to does not exist). Objects are decrypted. Every method may throw `pdf.damaged` or
 * `pdf.too-complex` when it meets the broken part.
 */
export class PdfDocument {
  readonly source: ByteSource;
  /** Newest first. */
  readonly xrefSections: readonly XrefSection[];
  readonly startXref: number;
  readonly damage: Damage | null;
  readonly encryption: Encryption | null;
  private readonly cache = new Map<number, CosObject>();
  private readonly loading = new Set<number>();
  private readonly containers: ObjectStreams;
  private readonly parts: Parts;
  private parsedBytes = 0;
  private parsedValues = 0;
  private inflated = 0;

  constructor(
    source: ByteSource,
    damage: Damage | null,
    startXref: number,
    { password, later }: OpenOptions,
  ) {
    this.source = source;
    this.parts = later ? later.parts : { sections: new Map(), objects: new Map() };
    this.startXref = startXref;
    this.containers = new ObjectStreams((stream) => this.decode(stream));
    const parser: ObjectParser = {
      source,
      parse: (offset, read) => this.parse(offset, read),
      streamAt: (offset) => this.clearStreamAt(offset),
      decode: (stream) => this.decode(stream),
      sections: this.parts.sections,
    };
    // Until they are read no reference leads anywhere, not even one that an xref stream gives as its length.
    this.xrefSections = [];
    this.xrefSections = readXrefChain(parser, startXref);
    this.damage = damage;
    this.encryption = null;
    const encrypt = this.get(this.trailer.get('Encrypt'));
    if (encrypt === null) return;
    if (!isDict(encrypt)) throw damaged('encrypt');
    this.encryption = unlock(encrypt, this.get(this.trailer.get('ID')), (o) => this.get(o), password);
    // What was read before the key was known holds undecrypted strings.
    this.cache.clear();
    this.containers.clear();
  }

  get trailer(): CosDict {
    return this.xrefSections[0]!.trailer;
  }

  get lastXrefKind(): XrefSection['kind'] {
    return this.xrefSections[0]!.kind;
  }

  get catalog(): CosDict {
    const catalog = this.get(this.trailer.get('Root'));
    if (!isDict(catalog)) throw damaged('catalog');
    return catalog;
  }

  /**
   * One more than the largest object number any section knows, and at least /Size. A section that is a stream has a
   * number too, which some writers leave out of it.
   */
  get nextObjectNumber(): number {
    let next = 1;
    for (const section of this.xrefSections) {
      if (section.number !== null && section.number >= next) next = section.number + 1;
      next = Math.max(next, intOf(section.trailer.get('Size')) ?? 0);
      for (const num of section.entries.keys()) if (num >= next) next = num + 1;
      for (const num of section.hidden.keys()) if (num >= next) next = num + 1;
    }
    if (next > LIMITS.objectNumber) throw tooComplex('objectNumber');
    return next;
  }

  /** What the newest section that speaks of this object says; undefined when none does. */
  objectEntry(num: number): XrefEntry | undefined {
    for (const section of this.xrefSections) {
      const entry = section.entries.get(num);
      if (entry && entry.type !== 'free') return entry;
      // 7.5.8.4: the table of a hybrid section calls free what its stream hides from old readers.
      const found = section.hidden.get(num) ?? entry;
      if (found) return found;
    }
    return undefined;
  }

  /** The object itself, or what a reference leads to; null for missing objects and undefined (7.3.10). */
  get(object: CosObject | undefined): CosObject {
    let current = object ?? null;
    for (let hops = 0; isRef(current); hops++) {
      if (hops > LIMITS.referenceChain) throw damaged('reference-loop');
      current = this.load(current);
    }
    return current;
  }

  dict(object: CosObject | undefined): CosDict | undefined {
    const value = this.get(object);
    return isDict(value) ? value : undefined;
  }

  array(object: CosObject | undefined): readonly CosObject[] | undefined {
    const value = this.get(object);
    return isArray(value) ? value : undefined;
  }

  /** The stream's bytes with its filters undone. Image codecs are refused as `pdf.damaged`. */
  decode(stream: CosStream): Uint8Array {
    const data = decodeStream(stream.dict, stream.raw(), (o) => this.get(o));
    this.inflated += data.length;
    if (this.inflated > LIMITS.inflatedTotal) throw tooComplex('inflatedTotal');
    return data;
  }

  /** Where `num gen obj … endobj` stands in the file; undefined for free, missing and compressed objects. */
  objectSpan(num: number): { offset: number; end: number } | undefined {
    const entry = this.objectEntry(num);
    if (entry?.type !== 'plain') return undefined;
    return { offset: entry.offset, end: this.indirectAt(entry.offset, ref(num, entry.gen)).end };
  }

  private load(target: CosRef): CosObject {
    const { num } = target;
    const entry = this.objectEntry(num);
    if (!entry || entry.type === 'free') return null;
    if (target.gen !== (entry.type === 'plain' ? entry.gen : 0)) return null;
    const cached = this.cache.get(num);
    if (cached !== undefined) return cached;
    if (this.loading.has(num)) throw damaged('reference-loop');
    this.loading.add(num);
    try {
      const object =
        entry.type === 'plain'
          ? this.indirectAt(entry.offset, target).object
          : this.compressed(num, entry.container, entry.index);
      this.cache.set(num, object);
      return object;
    } finally {
      this.loading.delete(num);
    }
  }

  private compressed(num: number, container: number, index: number): CosObject {
    const entry = this.objectEntry(container);
    if (entry?.type !== 'plain') throw damaged('object-stream');
    const stream = this.get(ref(container, entry.gen));
    if (!isStream(stream)) throw damaged('object-stream');
    const lexer = this.containers.lexerAt(container, stream, num, index);
    const object = lexer.object();
    this.countParsed(lexer);
    return object;
  }

  private indirectAt(offset: number, owner: CosRef): Indirect {
    if (this.encryption !== null) return this.parseIndirect(offset, owner);
    const known = this.parts.objects.get(offset);
    if (known?.owner.num === owner.num && known.owner.gen === owner.gen && known.end <= this.source.size)
      return known;
    const read = this.parseIndirect(offset, owner);
    if (read.isFixed) this.parts.objects.set(offset, { ...read, owner });
    return read;
  }

  private parseIndirect(offset: number, owner: CosRef): Indirect {
    const { value, end } = this.parse(offset, (lexer) => {
      const num = lexer.tryInteger();
      const gen = lexer.tryInteger();
      if (num !== owner.num || gen !== owner.gen || !lexer.tryWord('obj')) throw damaged('object-header');
      const object = lexer.object();
      if (isDict(object) && lexer.tryWord('stream')) return { object, data: streamStart(lexer) };
      if (!lexer.tryWord('endobj')) throw damaged('endobj');
      return { object, data: undefined };
    });
    if (value.data === undefined || !isDict(value.object)) {
      return { object: this.decryptStrings(value.object, owner), end, isFixed: true };
    }
    return this.streamObject(value.object, offset + value.data, owner);
  }

  private streamObject(
    rawDict: CosDict,
    start: number,
    owner: CosRef,
  ): Indirect & { readonly object: CosStream } {
    const length = this.get(rawDict.get('Length'));
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) {
      throw damaged('stream-length');
    }
    if (start + length > this.source.size) throw damaged('stream-length');
    const { end } = this.parse(start + length, (lexer) => {
      if (!lexer.tryWord('endstream') || !lexer.tryWord('endobj')) throw damaged('stream-length');
    });
    const isXref = nameOf(rawDict.get('Type')) === 'XRef';
    const encryption = isXref || this.isClear(rawDict) ? null : this.encryption;
    const dict = isXref ? rawDict : (this.decryptStrings(rawDict, owner) as CosDict);
    const raw = () => {
      const bytes = this.source.read(start, length);
      return encryption ? encryption.apply('stream', 'decrypt', owner, bytes) : bytes;
    };
    return { object: { kind: 'stream', dict, raw }, end, isFixed: !isRef(rawDict.get('Length')) };
  }

  /** 7.6.2: metadata may stay in clear, and a stream may name the Identity crypt filter for itself. */
  private isClear(dict: CosDict): boolean {
    if (nameOf(dict.get('Type')) === 'Metadata' && this.encryption?.metadataEncrypted === false) return true;
    const filter = this.get(dict.get('Filter'));
    if (nameOf(isArray(filter) ? this.get(filter[0]) : filter) !== 'Crypt') return false;
    const parms = this.get(dict.get('DecodeParms'));
    const first = this.get(isArray(parms) ? parms[0] : parms);
    return !isDict(first) || (nameOf(this.get(first.get('Name'))) ?? 'Identity') === 'Identity';
  }

  private clearStreamAt(offset: number): { stream: CosStream; end: number; num: number } {
    const { value: owner } = this.parse(offset, (lexer) => {
      const num = lexer.tryInteger();
      const gen = lexer.tryInteger();
      if (num === undefined || gen === undefined) throw damaged('startxref');
      return ref(num, gen);
    });
    const { object, end } = this.indirectAt(offset, owner);
    if (!isStream(object)) throw damaged('xref-stream');
    return { stream: object, end, num: owner.num };
  }

  /** Strings of an object outside object streams are encrypted one by one, except a signature's /Contents (7.6.2). */
  private decryptStrings(object: CosObject, owner: CosRef): CosObject {
    const { encryption } = this;
    const encrypt = this.xrefSections?.[0]?.trailer.get('Encrypt');
    if (!encryption || (isRef(encrypt) && encrypt.num === owner.num)) return object;
    const walk = (value: CosObject): CosObject => {
      if (isString(value)) return bytesString(encryption.apply('string', 'decrypt', owner, value.bytes));
      if (isArray(value)) return value.map(walk);
      if (!isDict(value)) return value;
      const isSignature = value.has('ByteRange');
      return new Map(
        [...value].map(([key, v]) => [key, isSignature && key === 'Contents' ? v : walk(v)] as const),
      );
    };
    return walk(object);
  }

  private countParsed(lexer: Lexer): void {
    this.parsedBytes += lexer.pos;
    this.parsedValues += lexer.values;
    if (this.parsedBytes > LIMITS.parsedBytes) throw tooComplex('parsedBytes');
    if (this.parsedValues > LIMITS.values) throw tooComplex('values');
  }

  /** Parses at an offset through a window that grows until the tokens fit. */
  private parse<T>(offset: number, read: (lexer: Lexer) => T): { value: T; end: number } {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.source.size) throw damaged('offset');
    const available = this.source.size - offset;
    for (let window = 1024; ; window = Math.min(window * 8, LIMITS.objectBytes)) {
      const length = Math.min(window, available);
      const lexer = new Lexer(this.source.read(offset, length));
      const last = length === available;
      try {
        const value = read(lexer);
        if (!lexer.ranOut || last) {
          this.countParsed(lexer);
          return { value, end: offset + lexer.pos };
        }
      } catch (error) {
        if (!lexer.ranOut || last) throw error;
      }
      if (window >= LIMITS.objectBytes) throw tooComplex('objectBytes');
    }
  }
}

/** 7.3.8.1: the data begins behind the LF or CRLF after the keyword. */
function streamStart(lexer: Lexer): number {
  const [a, b] = [lexer.bytes[lexer.pos], lexer.bytes[lexer.pos + 1]];
  if (a === undefined || b === undefined) lexer.ranOut = true;
  if (a === 13 && b === 10) return lexer.pos + 2;
  if (a === 10) return lexer.pos + 1;
  throw damaged('stream');
}

export interface OpenOptions {
  readonly password?: string;
  /** A later version of the same bytes, whose parsed parts are used again. */
  readonly later?: PdfDocument;
}

/**
 * Opens a PDF, one that is encrypted with `password` as user's or owner's, else with none.
 * Errors: `pdf.not-a-pdf`, `pdf.truncated`, `pdf.damaged`, `pdf.too-complex`, `pdf.password-needed`,
 * `pdf.password-wrong`, `pdf.unsupported-encryption`.
 */
export function openPdf(source: ByteSource, options: OpenOptions = {}): PdfDocument {
  const head = Buffer.from(source.read(0, Math.min(source.size, 1024))).toString('latin1');
  const header = head.search(/%PDF-\d/);
  if (header < 0) throw new DeskError('pdf.not-a-pdf');
  const { startXref, trailingBytes } = findStartXref(source);
  const damage = header > 0 ? 'junk-before-header' : trailingBytes ? 'trailing-bytes' : null;
  const document = new PdfDocument(source, damage, startXref, options);
  if (nameOf(document.catalog.get('Type')) !== 'Catalog') throw damaged('catalog');
  return document;
}
