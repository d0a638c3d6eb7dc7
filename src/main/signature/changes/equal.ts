import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { isArray, isDict, isName, isRef, isStream, isString } from '../../pdf/cos.ts';
import { sameBytes } from '../../x509/certificate.ts';

/** The same object as written? References are compared, not followed. */
export function isEqual(a: CosObject | undefined, b: CosObject | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (isName(a)) return isName(b) && a.name === b.name;
  if (isString(a)) return isString(b) && sameBytes(a.bytes, b.bytes);
  if (isRef(a)) return isRef(b) && a.num === b.num && a.gen === b.gen;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  if (isDict(a)) return isDict(b) && changedKeys(a, b).length === 0;
  if (isStream(a)) return isStream(b) && isEqual(a.dict, b.dict) && sameBytes(a.raw(), b.raw());
  return false;
}

/** Keys whose values differ or that only one of the two has. */
export function changedKeys(before: CosDict, after: CosDict): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !isEqual(before.get(key), after.get(key)),
  );
}
