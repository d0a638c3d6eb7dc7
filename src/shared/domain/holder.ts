import { foldForSearch, sameName } from '../text/fold.ts';

export const holderKinds = ['person', 'office'] as const;

/** Whose certificate a signature takes: the person's who acts, or the office's. */
export interface Holder {
  readonly kind: (typeof holderKinds)[number];
  readonly name: string;
}

/**
 * Whether a certificate with this common name is the holder's. Names are compared without marks and case: certificates
 * are written by hand. A person's must be that name. An office's may have a code or place behind it (`TRƯỜNG THPT VÍ DỤ
 * - H99.05`) and the superior committee before it (`UBND XÃ VÍ DỤ - …`); more of a name is another office's (`TRƯỜNG
 * THPT VÍ DỤ 2`, `CÔNG ĐOÀN TRƯỜNG THPT VÍ DỤ`).
 */
export function belongsTo(commonName: string, { kind, name }: Holder): boolean {
  if (sameName(name, '')) return false;
  if (kind === 'person') return sameName(commonName, name);
  const expected = foldForSearch(name);
  const found = foldForSearch(commonName);
  return [found, found.replace(COMMITTEE, '')].some(
    (text) => text.startsWith(expected) && REST.test(text.slice(expected.length)),
  );
}

const COMMITTEE = /^(?:ubnd|uy ban nhan dan) [^-–,]*[-–,] */;
/** What stands behind an office's name after a separator. */
const REST = /^(?:\s*[-–,(/].*)?$/;
