import { kindById } from './kinds.ts';

/** What people call a kind of document; one that is not in the decree's table is called by its id. */
export const kindName = (id: string, language: 'vi' | 'en'): string => kindById(id)?.[language] ?? id;
