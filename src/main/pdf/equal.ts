import type { CosDict, CosObject, CosString } from './cos.ts';
import { isArray, isDict, isName, isRef, isStream, isString, textOf } from './cos.ts';

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The same object, however its text strings are encoded? References are compared, not followed. */
export function isEqual(a: CosObject | undefined, b: CosObject | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (isName(a)) return isName(b) && a.name === b.name;
  if (isString(a)) return isString(b) && (sameBytes(a.bytes, b.bytes) || isSameText(a, b));
  if (isRef(a)) return isRef(b) && a.num === b.num && a.gen === b.gen;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  if (isDict(a)) return isDict(b) && changedKeys(a, b).length === 0;
  if (isStream(a)) return isStream(b) && isEqual(a.dict, b.dict) && sameBytes(a.raw(), b.raw());
  return false;
}

/** Only a text string begins with a byte order mark (7.9.2.2): other bytes are never taken for text. */
const isMarked = ({ bytes }: CosString): boolean =>
  (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);

function isSameText(a: CosString, b: CosString): boolean {
  return (isMarked(a) || isMarked(b)) && textOf(a) === textOf(b);
}

/** Keys whose values differ or that only one of the two has. */
export function changedKeys(before: CosDict, after: CosDict): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !isEqual(before.get(key), after.get(key)),
  );
}
