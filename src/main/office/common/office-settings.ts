import type { Office } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { Records } from '../../store/index.ts';
import { images, officeOf } from '../../store/queries/office.ts';

/** @throws DeskError documents.office-missing */
export function requireOffice(store: Records): Office {
  const office = officeOf(store.tables);
  if (!office) throw new DeskError('documents.office-missing');
  return office;
}

/** The time a mark shows, written as the office wants it. @throws DeskError documents.office-missing */
export const markTime = (store: Records) => ({
  time: new Date(store.now()),
  timeFormat: requireOffice(store).markTime,
});

/** The image of a person's handwriting, or of the seal under `seal`. */
export function imageOf(store: Records, owner: string): string | undefined {
  return images(store.tables).find((image) => image.owner === owner)?.file;
}
