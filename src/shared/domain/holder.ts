import { sameName } from '../text/fold.ts';
import { isOffice } from './office-name.ts';

export const holderKinds = ['person', 'office'] as const;

/** Whose certificate a signature takes: the person's who acts, or the office's. */
export interface Holder {
  readonly kind: (typeof holderKinds)[number];
  readonly name: string;
}

/** Whether a certificate with this common name is the holder's. A person's must be that name, with marks or without. */
export function belongsTo(commonName: string, { kind, name }: Holder): boolean {
  if (kind === 'office') return isOffice(commonName, name);
  return !sameName(name, '') && sameName(commonName, name);
}
