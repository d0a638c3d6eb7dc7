import { DeskError } from '../../shared/errors/index.ts';

/**
 * Bounds against hostile files. Real documents stay far below them; whatever crosses one is refused by name
 * before it can cost seconds or gigabytes.
 */
export const LIMITS = {
  /** ISO 32000-2, Annex C.2: the largest object number readers have to support. */
  objectNumber: 8_388_607,
  xrefEntries: 1_000_000,
  xrefSections: 1_024,
  nesting: 128,
  /** One object without its stream data. */
  objectBytes: 4 * 1024 * 1024,
  /** All objects of one document together. */
  parsedBytes: 64 * 1024 * 1024,
  /** Values in them, an array counted as two, a dictionary or string as four: about a hundred bytes of memory each. */
  values: 2_000_000,
  /** A file that is written anew as a whole. */
  normalizedBytes: 128 * 1024 * 1024,
  inflatedBytes: 64 * 1024 * 1024,
  inflatedTotal: 256 * 1024 * 1024,
  objectStreamCache: 64 * 1024 * 1024,
  filters: 8,
  referenceChain: 32,
  pageNodes: 250_000,
  treeDepth: 64,
  fields: 10_000,
  textRuns: 100_000,
  textCharacters: 20_000_000,
  /** Of one image that is drawn: a scanned A3 at 600 dpi has 70 million. */
  imagePixels: 80_000_000,
} as const;

/** The structure contradicts ISO 32000-2. `mark` is a technical word for the log and the support line, not a sentence. */
export function damaged(mark: string, cause?: unknown): DeskError {
  return new DeskError('pdf.damaged', { mark }, cause);
}

export function tooComplex(limit: keyof typeof LIMITS): DeskError {
  return new DeskError('pdf.too-complex', { limit });
}
