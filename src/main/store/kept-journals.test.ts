import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { officeFile } from './database.ts';
import { vocabulary } from './events/index.ts';
import { openStore, upgradeRecords } from './index.ts';
import { journalLength } from './journal.ts';
import { entriesAbout } from './queries/journal.ts';
import { incomingById } from './queries/incoming.ts';
import { ids } from '../../../tests/store/sample-events.ts';

const folder = fileURLToPath(new URL('../../../tests/store/journals', import.meta.url));
const kept = Array.from({ length: vocabulary }, (_, n) => `vocabulary-${n + 1}.sqlite`);

it('keeps a journal of every vocabulary there was', () => {
  expect(readdirSync(folder)).toEqual(kept);
});

it.each(kept)('opens %s, whole and with all that it tells', async (name) => {
  const dir = mkdtempSync(join(tmpdir(), 'kept-'));
  copyFileSync(join(folder, name), officeFile(dir));
  await upgradeRecords(dir, () => {});
  const store = openStore(dir);
  try {
    const entries = journalLength(store.tables) + journalLength(store.tables, 'local');
    expect(await store.verifyJournals(() => {})).toEqual({
      entries,
      brokenAt: null,
      purged: expect.any(Array) as unknown,
    });
    expect(incomingById(store.tables, ids.incoming)).toMatchObject({ state: 'closed', arrivalNumber: 1 });
    expect(entriesAbout(store.tables, ids.incoming).map(({ type }) => type)).toContain('incoming.registered');
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
});
