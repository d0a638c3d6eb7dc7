import { DeskError } from '../../../shared/errors/index.ts';

export const LOCKED = 'pdf.password-needed';

/** Nobody who receives an official document has a password for it. */
export const locked = (name: string): DeskError => new DeskError('documents.draft-locked', { name });

/** Works on a file of a draft. @throws DeskError documents.draft-locked when it needs a password to open */
export async function openToAll<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DeskError && error.code === LOCKED ? locked(name) : error;
  }
}
