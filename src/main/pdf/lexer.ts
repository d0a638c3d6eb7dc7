import type { CosDict, CosObject } from './cos.ts';
import { bytesString, name, ref } from './cos.ts';
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
const BACKSLASH = code('\\');
const ESCAPES: Readonly<Record<number, number>> = {
  [code('n')]: 10,
  [code('r')]: 13,
  [code('t')]: 9,
  [code('b')]: 8,
  [code('f')]: 12,
};

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

  constructor(bytes: Uint8Array, pos = 0) {
    this.bytes = bytes;
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
    for (let c = this.peek(); c !== -1 && CLASS[c] === 0; c = this.peek()) this.pos++;
    if (this.pos - start > 256) throw damaged('token');
    return String.fromCharCode(...this.bytes.subarray(start, this.pos));
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
    if (byte === SLASH) return name(this.nameText());
    if (byte === OPEN) return bytesString(this.literal());
    if (byte === LESS) return this.peek(1) === LESS ? this.dict(depth) : bytesString(this.hex());
    if (byte === code('[')) return this.array(depth);
    return this.numberOrWord();
  }

  private numberOrWord(): CosObject {
    const word = this.word();
    if (word === 'null') return null;
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (/^\d+$/.test(word)) {
      const reference = this.referenceAfter(Number(word));
      if (reference) return reference;
    }
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) throw damaged('token');
    const value = Number(word);
    if (!Number.isFinite(value)) throw damaged('number');
    return value;
  }

  private referenceAfter(num: number): CosObject | undefined {
    const start = this.pos;
    const gen = this.tryInteger();
    if (gen !== undefined && this.tryWord('R')) {
      // A number no object can have: the reference is to a missing object, that is to null (7.3.10).
      return num > LIMITS.objectNumber || gen > 65_535 ? null : ref(num, gen);
    }
    this.pos = start;
    return undefined;
  }

  private nameText(): string {
    this.pos++;
    let text = '';
    for (let c = this.peek(); c !== -1 && CLASS[c] === 0; c = this.peek()) {
      const high = c === 35 ? hexValue(this.peek(1)) : -1;
      const low = high >= 0 ? hexValue(this.peek(2)) : -1;
      text += String.fromCharCode(low >= 0 ? high * 16 + low : c);
      this.pos += low >= 0 ? 3 : 1;
    }
    return text;
  }

  private literal(): Uint8Array {
    this.pos++;
    const out: number[] = [];
    for (let open = 1; ;) {
      const byte = this.peek();
      if (byte === -1) throw damaged('string');
      this.pos++;
      if (byte === BACKSLASH) this.escape(out);
      else if (byte === CR) {
        // 7.3.4.2: an end-of-line inside a string counts as one LF.
        if (this.peek() === LF) this.pos++;
        out.push(LF);
      } else {
        if (byte === OPEN) open++;
        if (byte === CLOSE && --open === 0) return Uint8Array.from(out);
        out.push(byte);
      }
    }
  }

  private escape(out: number[]): void {
    const byte = this.peek();
    this.pos++;
    if (byte >= 48 && byte <= 55) {
      let value = byte - 48;
      for (let i = 0; i < 2 && this.peek() >= 48 && this.peek() <= 55; i++) {
        value = value * 8 + this.peek() - 48;
        this.pos++;
      }
      out.push(value & 255);
    } else if (byte === CR) {
      if (this.peek() === LF) this.pos++;
    } else if (byte !== LF && byte !== -1) out.push(ESCAPES[byte] ?? byte);
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
      // 7.3.7: a key twice is undefined behaviour; readers disagree on which one counts, so nobody may sign it.
      if (map.has(key)) throw damaged('dictionary');
      // 7.3.7: an entry that is null equals an absent one.
      if (value !== null) map.set(key, value);
    }
  }
}
