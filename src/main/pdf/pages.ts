import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { isArray, isDict, isRef, nameOf } from './cos.ts';
import type { PageGeometry, Rect, Rotation } from './geometry.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';
import type { PdfDocument } from './reader.ts';

export interface Page {
  readonly index: number;
  readonly ref: CosRef;
  readonly dict: CosDict;
  /** The page with the attributes it inherits (ISO 32000-2, 7.7.3.4). */
  readonly inherited: CosDict;
}

const INHERITABLE = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

interface Node {
  readonly kids: readonly CosObject[];
  readonly inherited: CosDict;
  readonly ref: CosRef | undefined;
  next: number;
}

/**
 * The pages in order, found by walking the tree: /Count is a claim of the file, not a fact.
 * Errors: `pdf.damaged` (loop, page that is not an indirect dictionary), `pdf.too-complex`.
 */
export function* pages(document: PdfDocument): Generator<Page, void> {
  const root = document.catalog.get('Pages');
  const path: Node[] = [{ kids: [root ?? null], inherited: new Map(), ref: undefined, next: 0 }];
  let index = 0;
  for (let visited = 0; path.length > 0; visited++) {
    if (visited > LIMITS.pageNodes) throw tooComplex('pageNodes');
    const node = path.at(-1)!;
    const kid = node.kids[node.next++];
    if (kid === undefined) {
      path.pop();
      continue;
    }
    const dict = document.get(kid);
    if (!isRef(kid) || !isDict(dict)) throw damaged('page-tree');
    const inherited = inherit(node.inherited, dict);
    const kids = document.get(dict.get('Kids'));
    if (nameOf(document.get(dict.get('Type'))) === 'Page' || kids === null) {
      yield { index: index++, ref: kid, dict, inherited };
      continue;
    }
    if (!isArray(kids)) throw damaged('page-tree');
    if (path.some((above) => above.ref?.num === kid.num)) throw damaged('page-tree');
    if (path.length > LIMITS.treeDepth) throw tooComplex('treeDepth');
    path.push({ kids, inherited, ref: kid, next: 0 });
  }
}

function inherit(above: CosDict, dict: CosDict): CosDict {
  const result = new Map<string, CosObject>();
  for (const key of INHERITABLE) {
    const value = dict.get(key) ?? above.get(key);
    if (value !== undefined) result.set(key, value);
  }
  return result;
}

export function countPages(document: PdfDocument): number {
  let count = 0;
  for (const _ of pages(document)) count++;
  return count;
}

/** The page at `index` (0 = first, negative = from the end). Error: `pdf.no-such-page`. */
export function getPage(document: PdfDocument, index: number): Page {
  if (index < 0) {
    const page = [...pages(document)].at(index);
    if (page) return page;
  } else {
    for (const page of pages(document)) if (page.index === index) return page;
  }
  throw new DeskError('pdf.no-such-page', { page: index + 1, count: countPages(document) });
}

function numbers(document: PdfDocument, object: CosObject | undefined, count: number): number[] | undefined {
  const values = document.array(object)?.map((item) => document.get(item));
  if (values?.length !== count || !values.every((value) => typeof value === 'number')) return undefined;
  return values;
}

/** A rectangle with its corners in order (7.9.5). */
export function rectOf(document: PdfDocument, object: CosObject | undefined): Rect | undefined {
  const values = numbers(document, object, 4);
  if (!values) return undefined;
  const [a, b, c, d] = values as [number, number, number, number];
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** Error: `pdf.damaged` when the page has no usable MediaBox. */
export function pageGeometry(document: PdfDocument, page: Page): PageGeometry {
  const media = rectOf(document, page.inherited.get('MediaBox'));
  if (!media) throw damaged('media-box');
  const crop = rectOf(document, page.inherited.get('CropBox')) ?? media;
  const box: Rect = [
    Math.max(media[0], crop[0]),
    Math.max(media[1], crop[1]),
    Math.min(media[2], crop[2]),
    Math.min(media[3], crop[3]),
  ];
  const visible = box[2] > box[0] && box[3] > box[1] ? box : media;
  if (visible[2] <= visible[0] || visible[3] <= visible[1]) throw damaged('media-box');
  const turn = document.get(page.inherited.get('Rotate'));
  const rotate = (typeof turn === 'number' ? ((turn % 360) + 360) % 360 : 0) as Rotation;
  const unit = document.get(page.dict.get('UserUnit'));
  return {
    box: visible,
    rotate: [0, 90, 180, 270].includes(rotate) ? rotate : 0,
    userUnit: typeof unit === 'number' && unit > 0 ? unit : 1,
  };
}
