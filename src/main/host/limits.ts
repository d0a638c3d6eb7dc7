import { DeskError } from '../../shared/errors/index.ts';
import { isFileName } from '../../shared/text/file-name.ts';

/** Largest file a person can add; the axis takes no more either. */
export const FILE_LIMIT_MB = 50;

/**
 * A name as a person gave it: never used as a path here, but given out again, to PCs with Windows too.
 * @throws DeskError host.bad-request, host.bad-file-name
 */
export function requireFileName(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw new DeskError('host.bad-request', { field: 'name' });
  if (!isFileName(name)) throw new DeskError('host.bad-file-name', { name: name.slice(0, 255) });
  return name;
}
