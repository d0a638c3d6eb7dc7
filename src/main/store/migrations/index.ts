import { journals } from './002-journals.ts';

/**
 * Steps of the journals' schema; the version of a database is how many of them it has taken. Only the journals are
 * ever migrated: the other tables are projections of them and are made again after an upgrade. The first step was the
 * journal of demos, before any office had one: one chain, with which nothing could be purged. It is refused by name.
 */
export const migrations: readonly string[] = ['', journals];

/** The oldest version this program reads. */
export const oldestVersion = 2;
