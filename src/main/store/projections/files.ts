import { run } from '../sql.ts';
import type { Projection } from './projection.ts';

/** What reading the stored files found. */
export const fileTables: Projection = {
  tables: ['file_texts', 'verifications', 'printed_reports'],
  ddl: `
    CREATE TABLE file_texts (file TEXT PRIMARY KEY, text_file TEXT) STRICT;
    CREATE TABLE verifications (file TEXT PRIMARY KEY, verdict TEXT NOT NULL, report TEXT NOT NULL) STRICT;
    CREATE TABLE printed_reports (report TEXT PRIMARY KEY, file TEXT NOT NULL) STRICT;
  `,
  on: {
    'file.read'({ tables }, { data }) {
      run(tables, 'INSERT OR REPLACE INTO file_texts (file, text_file) VALUES (?, ?)', [
        data.file,
        data.text?.file ?? null,
      ]);
    },
    'file.reported'({ tables }, { data }) {
      run(tables, 'INSERT OR IGNORE INTO printed_reports (report, file) VALUES (?, ?)', [
        data.report.file,
        data.file,
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
