import { DeskError } from '../../shared/errors/index.ts';

/** Largest file a person can add; the axis takes no more either. */
export const FILE_LIMIT_MB = 50;

/** A name as a person gave it: kept for showing, never used as a path. Throws `host.bad-request`. */
export function requireFileName(name: unknown): string {
  if (typeof name !== 'string' || name === '' || name.length > 255)
    throw new DeskError('host.bad-request', { field: 'name' });
  return name;
}
