import { journal } from './001-journal.ts';

/**
 * Steps of the journal's schema; the version of a database is how many of them it has taken. Only the journal is
 * ever migrated: the other tables are projections of it and are simply made again after an upgrade.
 */
export const migrations: readonly string[] = [journal];
