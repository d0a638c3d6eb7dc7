import { insert, run } from '../sql.ts';
import type { Projection, Target } from './projection.ts';

const put = 'INSERT OR REPLACE INTO';

/** The office, its people and its settings, each row as last saved. */
export const officeTables: Projection = {
  name: 'office',
  version: 1,
  tables: {
    settings: 'subject',
    people: 'id',
    roots: 'sha256',
    met_authorities: 'file',
    signer_kinds: 'fingerprint',
    images: 'owner',
  },
  ddl: `
    CREATE TABLE settings (subject TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE people (
      id TEXT PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, title TEXT NOT NULL, unit TEXT NOT NULL,
      active INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE signer_kinds (fingerprint TEXT PRIMARY KEY, kind TEXT NOT NULL) STRICT;
    CREATE TABLE roots (
      sha256 TEXT PRIMARY KEY, subject TEXT NOT NULL, not_after INTEGER NOT NULL, file TEXT NOT NULL
    ) STRICT;
    CREATE TABLE met_authorities (file TEXT PRIMARY KEY) STRICT;
    CREATE TABLE images (owner TEXT PRIMARY KEY, file TEXT NOT NULL) STRICT;
  `,
  on: {
    'office.saved': saveSetting,
    'axis.saved': saveSetting,
    'services.saved': saveSetting,
    'signer-kind.saved'({ tables }, { data }) {
      run(tables, `${put} signer_kinds (fingerprint, kind) VALUES (@fingerprint, @kind)`, data);
    },
    'authority.met'({ tables }, { data }) {
      run(tables, `${put} met_authorities (file) VALUES (@file)`, data);
    },
    'person.saved'({ tables }, { seq, data }) {
      run(
        tables,
        `INSERT INTO people (id, seq, name, role, title, unit, active)
         VALUES (@id, @seq, @name, @role, @title, @unit, @active)
         ON CONFLICT (id) DO UPDATE SET name = @name, role = @role, title = @title, unit = @unit, active = @active`,
        { ...data, seq, active: data.active ? 1 : 0 },
      );
    },
    'root.added'({ tables }, { data }) {
      const { sha256, subject, notAfter, file } = data;
      insert(tables, 'roots', { sha256, subject, not_after: notAfter, file });
    },
    'root.removed'({ tables }, { data }) {
      run(tables, 'DELETE FROM roots WHERE sha256 = @sha256', data);
    },
    'image.saved'({ tables }, { data }) {
      run(tables, `${put} images (owner, file) VALUES (@owner, @file)`, data);
    },
  },
};

function saveSetting({ tables }: Target, { subject, data }: { subject: string; data: unknown }): void {
  run(tables, `${put} settings (subject, value) VALUES (?, ?)`, [subject, JSON.stringify(data)]);
}
