import type { CosDict, CosObject } from './cos.ts';
import { bytesString, name, ref } from './cos.ts';
import { isEqual } from './equal.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';

const SPACE = 1;
const DELIMITER = 2;
/** Character classes of ISO 32000-2, 7.2.3. */
const CLASS = new Uint8Array(256);
for (const c of [0, 9, 10, 12, 13, 32]) CLASS[c] = SPACE;
for (const c of '()<>[]{}/%') CLASS[c.charCodeAt(0)] = DELIMITER;

const code = (c: string) => c.charCodeAt(0);
const LF = 10;
const CR = 13;
const PERCENT = code('%');
const SLASH = code('/');
const LESS = code('<');
const GREATER = code('>');
const OPEN = code('(');
const CLOSE = code(')');
const BRACKET = code('[');
const BACKSLASH = code('\\');
const ESCAPES: Readonly<Record<number, number>> = {
  [code('n')]: 10,
  [code('r')]: 13,
  [code('t')]: 9,
  [code('b')]: 8,
  [code('f')]: 12,
};

/** How a viewer opens the window: no word of the document is concerned. */
const MATTERS_NOT: ReadonlySet<string> = new Set(['PageMode', 'PageLayout', 'NonFullScreenPageMode']);

export const isSpace = (byte: number | undefined): boolean => byte !== undefined && CLASS[byte] === SPACE;

function hexValue(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/**
 * Reads COS objects from a window of bytes. `ranOut` tells that a token touched the end of the window, so that what
 * was read may be cut short: the caller then tries again with a larger window.
 */
export class Lexer {
  readonly bytes: Uint8Array;
  pos: number;
  ranOut = false;
  /** Values read so far, weighed as `LIMITS.values` says. */
  values = 0;
  /** Keys met twice with different values, of which the last counts where the lexer is lenient. */
  keysTwice = 0;
  private readonly buffer: Buffer;
  private readonly isLenient: boolean;

  constructor(bytes: Uint8Array, pos = 0, { isLenient = false } = {}) {
    this.isLenient = isLenient;
    this.bytes = bytes;
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.pos = pos;
  }

  private peek(ahead = 0): number {
    const byte = this.bytes[this.pos + ahead];
    if (byte === undefined) {
      this.ranOut = true;
      return -1;
    }
    return byte;
  }

  /** White space and comments (7.2.4). */
  skipSpace(): void {
    for (;;) {
      const byte = this.peek();
      if (byte === PERCENT) {
        while (this.peek() !== LF && this.peek() !== CR && this.peek() !== -1) this.pos++;
      } else if (byte === -1 || CLASS[byte] !== SPACE) return;
      else this.pos++;
    }
  }

  /** The next run of regular characters, e.g. `obj`, `trailer`, `12`; empty before a delimiter. */
  word(): string {
    this.skipSpace();
    const start = this.pos;
    this.skipRegular();
    if (this.pos - start > 256) throw damaged('token');
    return this.buffer.toString('latin1', start, this.pos);
  }

  private skipRegular(): void {
    const { bytes } = this;
    while (this.pos < bytes.length && CLASS[bytes[this.pos]!] === 0) this.pos++;
    if (this.pos >= bytes.length) this.ranOut = true;
  }

  /** The next word if it is `expected`; else the position stays. */
  tryWord(expected: string): boolean {
    const start = this.pos;
    if (this.word() === expected) return true;
    this.pos = start;
    return false;
  }

  /** A non-negative whole number, as in xref sections and object headers; undefined (position kept) when another token comes. */
  tryInteger(): number | undefined {
    const start = this.pos;
    const word = this.word();
    if (/^\d{1,15}$/.test(word)) return Number(word);
    this.pos = start;
    return undefined;
  }

  object(depth = 0): CosObject {
    if (depth > LIMITS.nesting) throw tooComplex('nesting');
    this.skipSpace();
    const byte = this.peek();
    this.values += byte === OPEN ? 4 : byte === BRACKET ? 2 : byte === LESS ? 4 : 1;
    if (this.values > LIMITS.values) throw tooComplex('values');
    if (byte === SLASH) return name(this.nameText());
    if (byte === OPEN) return bytesString(this.literal());
    if (byte === LESS) return this.peek(1) === LESS ? this.dict(depth) : bytesString(this.hex());
    if (byte === BRACKET) return this.array(depth);
    return this.numberOrWord(byte);
  }

  private numberOrWord(first: number): CosObject {
    if (isDigit(first)) {
      const start = this.pos;
      const num = this.digits();
      if (num !== undefined && this.atTokenEnd()) return this.referenceAfter(num) ?? num;
      this.pos = start;
    }
    const word = this.word();
    if (word === 'null') return null;
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) throw damaged('token');
    const value = Number(word);
    if (!Number.isFinite(value)) throw damaged('number');
    return value;
  }

  /** A run of up to 15 digits, the most a whole number can have and stay exact. */
  private digits(): number | undefined {
    const { bytes } = this;
    const start = this.pos;
    let value = 0;
    for (; isDigit(bytes[this.pos]); this.pos++) value = value * 10 + bytes[this.pos]! - 48;
    const count = this.pos - start;
    return count > 0 && count <= 15 ? value : undefined;
  }

  private atTokenEnd(): boolean {
    const byte = this.peek();
    return byte === -1 || CLASS[byte] !== 0;
  }

  /** The rest of `num gen R` (7.3.10), or undefined with the position kept. */
  private referenceAfter(num: number): CosObject | undefined {
    const start = this.pos;
    this.skipSpace();
    const gen = this.digits();
    if (gen !== undefined && this.atTokenEnd()) {
      this.skipSpace();
      if (this.peek() === code('R')) {
        this.pos++;
        // A number no object can have: the reference is to a missing object, that is to null (7.3.10).
        const exists = num <= LIMITS.objectNumber && gen <= 65_535;
        if (this.atTokenEnd()) return exists ? ref(num, gen) : null;
      }
    }
    this.pos = start;
    return undefined;
  }

  private nameText(): string {
    const start = ++this.pos;
    this.skipRegular();
    const text = this.buffer.toString('latin1', start, this.pos);
    if (!text.includes('#')) return text;
    return text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }

  private literal(): Uint8Array {
    const start = ++this.pos;
    for (let open = 1; open > 0; this.pos++) {
      const byte = this.peek();
      if (byte === -1) throw damaged('string');
      if (byte === BACKSLASH) this.pos++;
      else if (byte === OPEN) open++;
      else if (byte === CLOSE) open--;
    }
    return unescape(this.bytes.subarray(start, this.pos - 1));
  }

  private hex(): Uint8Array {
    this.pos++;
    const start = this.pos;
    const end = this.bytes.indexOf(GREATER, start);
    if (end < 0) {
      this.ranOut = true;
      throw damaged('string');
    }
    this.pos = end + 1;
    const out = new Uint8Array((end - start + 1) >> 1);
    let digits = 0;
    for (let i = start; i < end; i++) {
      const byte = this.bytes[i]!;
      const value = hexValue(byte);
      if (value < 0) {
        if (CLASS[byte] === SPACE) continue;
        throw damaged('string');
      }
      out[digits >> 1]! |= digits % 2 === 0 ? value << 4 : value;
      digits++;
    }
    return out.subarray(0, (digits + 1) >> 1);
  }

  private array(depth: number): CosObject {
    this.pos++;
    const items: CosObject[] = [];
    for (;;) {
      this.skipSpace();
      if (this.peek() === code(']')) {
        this.pos++;
        return items;
      }
      items.push(this.object(depth + 1));
    }
  }

  private dict(depth: number): CosDict {
    this.pos += 2;
    const map = new Map<string, CosObject>();
    for (;;) {
      this.skipSpace();
      const byte = this.peek();
      if (byte === GREATER && this.peek(1) === GREATER) {
        this.pos += 2;
        return map;
      }
      if (byte !== SLASH) throw damaged('dictionary');
      const key = this.nameText();
      const value = this.object(depth + 1);
      // 7.3.7: a key twice is undefined behaviour; readers disagree on which one counts, so nobody may sign it unless it
      // is all one.
      const other = map.get(key);
      if (other !== undefined && !MATTERS_NOT.has(key) && !isEqual(other, value)) {
        if (!this.isLenient) throw damaged('dictionary');
        this.keysTwice += 1;
      }
      // 7.3.7: an entry that is null equals an absent one.
      if (value !== null) map.set(key, value);
    }
  }
}

/** What a literal string stands for (7.3.4.2): escapes undone, every line end one LF. */
function unescape(raw: Uint8Array): Uint8Array {
  if (!raw.includes(BACKSLASH) && !raw.includes(CR)) return Uint8Array.from(raw);
  const out = new Uint8Array(raw.length);
  let length = 0;
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i]!;
    const next = raw[i + 1];
    const lineEnd = (at: number) => (raw[at] === CR && raw[at + 1] === LF ? 2 : 1);
    if (byte === CR) {
      out[length++] = LF;
      i += lineEnd(i) - 1;
    } else if (byte !== BACKSLASH || next === undefined) out[length++] = byte;
    else if (isOctal(next)) {
      let value = 0;
      for (let digits = 0; digits < 3 && isOctal(raw[i + 1]); digits++) value = value * 8 + raw[++i]! - 48;
      out[length++] = value;
    } else {
      if (next === CR || next === LF) i += lineEnd(i + 1);
      else {
        out[length++] = ESCAPES[next] ?? next;
        i++;
      }
    }
  }
  return out.subarray(0, length);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function isOctal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 55;
}
