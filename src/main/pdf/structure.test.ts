import { describe, expect, it } from 'vitest';
import { qpdfComplaints } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { isRef, nameOf } from './cos.ts';
import type { CosObject } from './cos.ts';
import { prepareDraft } from '../paper/fields.ts';
import { listFields } from './form.ts';
import type { PdfDocument } from './reader.ts';
import { openPdf } from './reader.ts';
import { prepareSignature } from './signature-field.ts';
import { memorySource } from './source.ts';
import { needs } from '../../../tests/needs.ts';

const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));
const box = { x: 100, y: 100, width: 120, height: 40 };

function signed(bytes: Uint8Array): Uint8Array {
  const target = { kind: 'new', page: 0, box } as const;
  const wanted = { target, subFilter: 'ETSI.CAdES.detached', contentsBytes: 64 } as const;
  return Buffer.concat([bytes, prepareSignature(open(bytes), wanted).tail]);
}

/** What the parent tree, walked by its own limits, says of a key (7.9.7). */
function inParentTree(document: PdfDocument, key: number): CosObject {
  const visit = (object: CosObject | undefined): CosObject => {
    const node = document.dict(object);
    const numbers = document.array(node?.get('Nums')) ?? [];
    const at = numbers.findIndex((number, i) => i % 2 === 0 && number === key);
    if (at >= 0) return numbers[at + 1] ?? null;
    const kid = document.array(node?.get('Kids'))?.find((item) => {
      const [first, last] = (document.array(document.dict(item)?.get('Limits')) ?? []) as number[];
      return key >= first! && key <= last!;
    });
    return kid === undefined ? null : visit(kid);
  };
  return visit(document.dict(document.catalog.get('StructTreeRoot'))?.get('ParentTree'));
}

/** The structure element of each field, checked from both sides. */
function elements(bytes: Uint8Array): unknown[] {
  const document = open(bytes);
  return listFields(document).map(({ ref, dict }) => {
    const element = inParentTree(document, dict.get('StructParent') as number);
    const entries = document.dict(element);
    const parent = document.dict(entries?.get('P'));
    const kids = document.array(parent?.get('K')) ?? [];
    const content = document.dict(entries?.get('K'));
    return [
      nameOf(entries?.get('S')),
      nameOf(parent?.get('S')),
      kids.some((kid) => isRef(kid) && isRef(element) && kid.num === element.num),
      nameOf(content?.get('Type')),
      content?.get('Obj'),
      ref,
    ];
  });
}

describe('a new field in a tagged file', () => {
  needs('qpdf').each([
    ['one list', '/Nums [0 [11 0 R]]'],
    ['a tree', '/Kids [13 0 R]'],
  ])('is a Form element both trees lead to, where the parent tree is %s', (_, tree) => {
    const bytes = signed(samples.tagged(tree));
    const [[form, parent, listed, type, object, field] = []] = elements(bytes) as unknown[][];
    expect([form, parent, listed, type]).toEqual(['Form', 'Document', true, 'OBJR']);
    expect(object).toEqual(field);
    expect(qpdfComplaints(bytes)).toBe('');
    const before = open(samples.tagged(tree));
    for (const key of [0, 6]) expect(inParentTree(open(bytes), key)).toEqual(inParentTree(before, key));
  });

  it('gets a key of its own, five in one draft', async () => {
    const places = { page: 0, box };
    const bytes = samples.tagged();
    const tail = await prepareDraft(open(bytes), {
      number: places,
      date: places,
      month: places,
      personal: places,
      agency: places,
    });
    const draft = Buffer.concat([bytes, tail]);
    const keys = listFields(open(draft)).map(({ dict }) => dict.get('StructParent'));
    expect(keys).toEqual([1, 2, 3, 4, 5]);
    expect(elements(draft)).toHaveLength(5);
    for (const [form, , listed] of elements(draft) as unknown[][])
      expect([form, listed]).toEqual(['Form', true]);
  });

  it('leaves the structure alone once the file is signed, and where there is none', () => {
    expect(listFields(open(signed(samples.tagged(''))))[0]?.dict.has('StructParent')).toBe(false);
    const twice = signed(signed(samples.tagged()));
    const keys = listFields(open(twice)).map(({ dict }) => dict.get('StructParent'));
    expect(keys).toEqual([1, undefined]);
    const plain = listFields(open(signed(samples.classicTable())));
    expect(plain[0]?.dict.has('StructParent')).toBe(false);
  });
});
