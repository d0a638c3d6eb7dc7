import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { bytesString, dict, isArray, name, ref } from './cos.ts';
import { LIMITS, tooComplex } from './limits.ts';
import type { PdfDocument } from './reader.ts';
import { formatClear, indirectObject } from './serialize.ts';

export interface Tail {
  /** What to append to the untouched original. */
  readonly bytes: Uint8Array;
  /** Object number → offset of its `num gen obj` in `bytes`. */
  readonly offsets: ReadonlyMap<number, number>;
}

/**
 * New and changed objects over an untouched document (ISO 32000-2, 7.5.6). Continues the cross-reference kind of the
 * last section: readers exist that lose objects, and earlier signatures, when a file mixes them.
 */
export class IncrementalWriter {
  readonly document: PdfDocument;
  private readonly objects = new Map<number, { readonly id: CosRef; readonly object: CosObject }>();
  private next: number;

  constructor(document: PdfDocument) {
    this.document = document;
    this.next = document.nextObjectNumber;
  }

  /** A number for an object that is still being made. */
  reserve(): CosRef {
    if (this.next > LIMITS.objectNumber) throw tooComplex('objectNumber');
    return ref(this.next++);
  }

  add(object: CosObject): CosRef {
    const id = this.reserve();
    this.set(id, object);
    return id;
  }

  set(id: CosRef, object: CosObject): void {
    this.objects.set(id.num, { id, object });
  }

  /** The object as the new revision will have it. */
  get(object: CosObject | undefined): CosObject {
    if (typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'ref') {
      const changed = this.objects.get(object.num);
      if (changed) return changed.object;
    }
    return this.document.get(object);
  }

  finish(): Tail {
    const { document } = this;
    const base = document.source.size;
    const chunks: Buffer[] = [];
    let length = 0;
    const push = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
    };
    const lastByte = document.source.read(base - 1, 1)[0];
    if (lastByte !== 10 && lastByte !== 13) push(Buffer.from('\n'));

    const offsets = new Map<number, number>();
    for (const { id, object } of this.objects.values()) {
      offsets.set(id.num, length);
      push(indirectObject(id, object, document.encryption));
    }
    const startXref = base + length;
    const section =
      document.lastXrefKind === 'stream'
        ? this.xrefStream(offsets, base, startXref)
        : this.xrefTable(offsets, base);
    push(section);
    push(Buffer.from(`startxref\n${startXref}\n%%EOF\n`));
    return { bytes: Buffer.concat(chunks), offsets };
  }

  private trailer(size: number): CosDict {
    const old = this.document.trailer;
    return dict({
      Size: size,
      Root: old.get('Root'),
      Info: old.get('Info'),
      Encrypt: old.get('Encrypt'),
      ID: this.fileIdentifier(),
      Prev: this.document.startXref,
    });
  }

  /** 14.4: the first part stays, the second one changes with every update. */
  private fileIdentifier(): CosObject | undefined {
    const old = this.document.get(this.document.trailer.get('ID'));
    const fresh = bytesString(randomBytes(16));
    if (isArray(old) && old[0] !== undefined) return [this.document.get(old[0]), fresh];
    // The keys of revisions 2 to 4 depend on /ID: an encrypted file without one must stay without.
    return this.document.encryption ? undefined : [fresh, fresh];
  }

  private rows(
    offsets: ReadonlyMap<number, number>,
    base: number,
  ): [number, { offset: number; gen: number }][] {
    return Array.from(offsets, ([num, offset]): [number, { offset: number; gen: number }] => [
      num,
      { offset: base + offset, gen: this.objects.get(num)?.id.gen ?? 0 },
    ]).sort((a, b) => a[0] - b[0]);
  }

  /** 7.5.4: twenty bytes an entry, consecutive numbers in one subsection. */
  private xrefTable(offsets: ReadonlyMap<number, number>, base: number): Buffer {
    let text = '';
    let run: string[] = [];
    let first = 0;
    const flush = () => {
      if (run.length > 0) text += `${first} ${run.length}\n${run.join('')}`;
      run = [];
    };
    for (const [num, { offset, gen }] of this.rows(offsets, base)) {
      if (num !== first + run.length) {
        flush();
        first = num;
      }
      run.push(`${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} n \n`);
    }
    flush();
    return Buffer.from(`xref\n${text}trailer\n${formatClear(this.trailer(this.next))}\n`, 'latin1');
  }

  /** 7.5.8: one row for each object and one for the stream itself. */
  private xrefStream(offsets: Map<number, number>, base: number, startXref: number): Buffer {
    const self = this.reserve();
    const rows = this.rows(new Map([...offsets, [self.num, startXref - base]]), base);
    const width = startXref > 0xffffffff ? 6 : 4;
    const data = Buffer.alloc(rows.length * (width + 3));
    const index: number[] = [];
    rows.forEach(([num, { offset, gen }], i) => {
      const at = i * (width + 3);
      data.writeUInt8(1, at);
      data.writeUIntBE(offset, at + 1, width);
      data.writeUInt16BE(gen, at + 1 + width);
      if (i > 0 && rows[i - 1]![0] === num - 1) index[index.length - 1]!++;
      else index.push(num, 1);
    });
    const entries = new Map([
      ...dict({ Type: name('XRef'), Index: index, W: [1, width, 2], Filter: name('FlateDecode') }),
      ...this.trailer(this.next),
    ]);
    const object = { kind: 'stream' as const, dict: entries, raw: () => deflateSync(data) };
    // Cross-reference streams are never encrypted (7.6.2).
    return indirectObject(self, object, null);
  }
}
