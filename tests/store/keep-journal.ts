import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, officeFile } from '../../src/main/store/database.ts';
import { vocabulary } from '../../src/main/store/events/index.ts';
import { openStore } from '../../src/main/store/index.ts';
import { projectedTables } from '../../src/main/store/projections/index.ts';
import { at, recordSamples } from './sample-events.ts';

/**
 * Keeps the journals of this version for every later one to open: run once when the vocabulary's number rises, with
 * `node tests/store/keep-journal.ts`. What is there already is never made anew.
 */
const dir = mkdtempSync(join(tmpdir(), 'journal-'));
const store = openStore(dir, { clock: () => at });
recordSamples(store);
store.close();
const office = connect(officeFile(dir));
for (const table of projectedTables.toReversed()) office.exec(`DROP TABLE ${table}`);
office.exec(`UPDATE form SET tables = 'kept'`);
office.prepare('VACUUM INTO ?').run(join(import.meta.dirname, 'journals', `vocabulary-${vocabulary}.sqlite`));
office.close();
rmSync(dir, { recursive: true });
