import { run } from '../sql.ts';
import type { Projection } from './projection.ts';

/** What reading the stored files found. */
export const fileTables: Projection = {
  name: 'files',
  version: 1,
  tables: {
    file_texts: 'file',
    verifications: 'file',
    printed_reports: 'file',
    evidence: 'file',
    repaired_files: 'file',
  },
  ddl: `
    CREATE TABLE file_texts (file TEXT PRIMARY KEY, text_file TEXT) STRICT;
    CREATE TABLE verifications (
      file TEXT PRIMARY KEY, verdict TEXT NOT NULL, report TEXT NOT NULL, unchecked INTEGER NOT NULL,
      at INTEGER NOT NULL, software TEXT NOT NULL
    ) STRICT;
    CREATE INDEX verifications_unchecked ON verifications (file) WHERE unchecked = 1;
    CREATE TABLE evidence (
      file TEXT NOT NULL, answer TEXT NOT NULL, certificate TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
      result TEXT NOT NULL, url TEXT NOT NULL, this_update INTEGER NOT NULL, next_update INTEGER,
      fetched_at INTEGER NOT NULL,
      PRIMARY KEY (file, answer, certificate)
    ) STRICT;
    CREATE TABLE repaired_files (copy TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (copy, file)) STRICT;
    CREATE INDEX repaired_files_file ON repaired_files (file);
    CREATE TABLE printed_reports (report TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (report, file)) STRICT;
    CREATE INDEX printed_reports_file ON printed_reports (file);
  `,
  on: {
    'file.read'({ tables }, { data }) {
      run(tables, 'INSERT OR REPLACE INTO file_texts (file, text_file) VALUES (?, ?)', [
        data.file,
        data.text?.file ?? null,
      ]);
    },
    'file.evidence'({ tables }, { at, data }) {
      const keep = (row: Readonly<Record<string, string | number | null>>) =>
        run(
          tables,
          `INSERT OR REPLACE INTO evidence
           (file, answer, certificate, type, name, result, url, this_update, next_update, fetched_at) VALUES
           (@file, @answer, @certificate, @type, @name, @result, @url, @thisUpdate, @nextUpdate, @fetchedAt)`,
          { ...row, file: data.file },
        );
      for (const { answer, revokedAt: _, ...row } of data.answers) keep({ ...row, answer: answer.file });
      const rest = {
        type: 'certificate',
        name: '',
        result: '',
        url: '',
        thisUpdate: at,
        nextUpdate: null,
        fetchedAt: at,
      };
      for (const { file } of data.certificates) keep({ ...rest, certificate: file, answer: file });
    },
    'file.repaired'({ tables }, { data }) {
      run(tables, 'INSERT OR REPLACE INTO repaired_files (copy, file) VALUES (?, ?)', [
        data.copy.file,
        data.file,
      ]);
    },
    'file.reported'({ tables }, { data }) {
      run(tables, 'INSERT OR IGNORE INTO printed_reports (report, file) VALUES (?, ?)', [
        data.report.file,
        data.file,
      ]);
    },
    'file.verified'({ tables }, { at, data }) {
      run(
        tables,
        `INSERT OR REPLACE INTO verifications (file, verdict, report, unchecked, at, software)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [data.file, data.verdict, data.report.file, data.unchecked ? 1 : 0, at, data.software],
      );
    },
  },
};
