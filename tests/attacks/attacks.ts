/**
 * Signed PDFs that lie, one for each published way and what those leave out. None may ever be green.
 */
import { oddities } from './oddities.ts';
import { certification, forms } from './certification.ts';
import { universalForgery } from './forgery.ts';
import { incrementalSaving, wrapping } from './saving.ts';
import { looks } from './looks.ts';
import { places } from './places.ts';
import { shadow } from './shadow.ts';
import type { Attack } from './signed.ts';
import { storage } from './storage.ts';
import { container, structure } from './structure.ts';
import { tagged } from './tagged.ts';

export { honestFillings } from './certification.ts';
export { honestLooks } from './looks.ts';
export { honestPlaces } from './places.ts';
export type { Attack } from './signed.ts';
export { honestSaving } from './saving.ts';
export { honestRoom } from './structure.ts';
export { honestGrowth } from './tagged.ts';
export { honestOddities } from './oddities.ts';

export const attacks: readonly Attack[] = [
  ...universalForgery,
  ...incrementalSaving,
  ...wrapping,
  ...shadow,
  ...certification,
  ...forms,
  ...structure,
  ...container,
  ...tagged,
  ...places,
  ...looks,
  ...storage,
  ...oddities,
];
