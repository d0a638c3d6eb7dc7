import type { CosStream } from './cos.ts';
import { intOf, nameOf } from './cos.ts';
import { Lexer } from './lexer.ts';
import { damaged, LIMITS } from './limits.ts';

interface Container {
  readonly data: Uint8Array;
  readonly numbers: readonly number[];
  /** From the start of `data`. */
  readonly offsets: readonly number[];
}

/** The unpacked object streams of one document (ISO 32000-2, 7.5.7), the least recently used dropped first. */
export class ObjectStreams {
  private readonly containers = new Map<number, Container>();
  private held = 0;
  private readonly decode: (stream: CosStream) => Uint8Array;

  constructor(decode: (stream: CosStream) => Uint8Array) {
    this.decode = decode;
  }

  clear(): void {
    this.containers.clear();
    this.held = 0;
  }

  /** Stands before object `num`, which must be at `index` in the object stream numbered `containerNum`. */
  lexerAt(containerNum: number, stream: CosStream, num: number, index: number): Lexer {
    let container = this.containers.get(containerNum);
    if (!container) {
      container = this.unpack(stream);
      this.held += container.data.length;
      for (const [key, old] of this.containers) {
        if (this.held <= LIMITS.objectStreamCache) break;
        this.containers.delete(key);
        this.held -= old.data.length;
      }
    } else this.containers.delete(containerNum);
    this.containers.set(containerNum, container);
    const offset = container.offsets[index];
    if (container.numbers[index] !== num || offset === undefined) throw damaged('object-stream');
    return new Lexer(container.data.subarray(offset, offset + LIMITS.objectBytes));
  }

  private unpack(stream: CosStream): Container {
    const count = intOf(stream.dict.get('N'));
    const first = intOf(stream.dict.get('First'));
    if (nameOf(stream.dict.get('Type')) !== 'ObjStm' || count === undefined || first === undefined) {
      throw damaged('object-stream');
    }
    const data = this.decode(stream);
    if (count < 0 || first < 0 || first > data.length || count > data.length / 2) {
      throw damaged('object-stream');
    }
    const lexer = new Lexer(data.subarray(0, first));
    const numbers: number[] = [];
    const offsets: number[] = [];
    for (let i = 0; i < count; i++) {
      const num = lexer.tryInteger();
      const offset = lexer.tryInteger();
      if (num === undefined || offset === undefined) throw damaged('object-stream');
      numbers.push(num);
      offsets.push(first + offset);
    }
    return { data, numbers, offsets };
  }
}
