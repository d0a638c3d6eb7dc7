import { run } from '../sql.ts';
import type { Projection } from './projection.ts';

/** What reading the stored files found. */
export const fileTables: Projection = {
  tables: ['file_texts', 'verifications'],
  ddl: `
    CREATE TABLE file_texts (file TEXT PRIMARY KEY, text_file TEXT) STRICT;
    CREATE TABLE verifications (file TEXT PRIMARY KEY, verdict TEXT NOT NULL, report TEXT NOT NULL) STRICT;
  `,
  on: {
    'file.read'({ tables }, { data }) {
      run(tables, 'INSERT OR REPLACE INTO file_texts (file, text_file) VALUES (?, ?)', [
        data.file,
        data.text?.file ?? null,
      ]);
    },
    'file.verified'({ tables }, { data }) {
      run(tables, 'INSERT OR REPLACE INTO verifications (file, verdict, report) VALUES (?, ?, ?)', [
        data.file,
        data.verdict,
        data.report.file,
      ]);
    },
  },
};
