import { insert } from '../sql.ts';
import type { Projection } from './projection.ts';

/** Files signed here that belong to no document; the file itself is an attachment of the same id. */
export const signedFileTables: Projection = {
  name: 'signed-files',
  version: 1,
  tables: { signed_files: 'id' },
  ddl: `
    CREATE TABLE signed_files (
      id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL UNIQUE,
      person_id TEXT NOT NULL,
      holder TEXT NOT NULL,
      form TEXT,
      signed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX signed_files_person ON signed_files (person_id, seq);
  `,
  on: {
    'signed-file.made'({ tables }, { seq, at, actor, subject: id, data }) {
      insert(tables, 'signed_files', {
        id,
        seq,
        person_id: actor,
        holder: data.holder,
        form: data.copy?.form ?? null,
        signed_at: at,
      });
    },
  },
};
