import { run } from '../sql.ts';
import type { Projection } from './projection.ts';

const put = 'INSERT OR REPLACE INTO';

/** What this PC has plugged in and keeps, and what its clock was last compared with: from its own journal alone. */
export const pcTables: Projection = {
  name: 'pc',
  version: 1,
  tables: {
    modules: 'path',
    pkcs12: 'file',
    pkcs12_certificates: 'pkcs12_file',
    token_certificates: 'token',
    trusted_clock: 'subject',
  },
  ddl: `
    CREATE TABLE modules (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;
    CREATE TABLE pkcs12 (file TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE pkcs12_certificates (
      pkcs12_file TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (pkcs12_file, file)
    ) STRICT;
    CREATE TABLE token_certificates (
      token TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (token, file)
    ) STRICT;
    CREATE TABLE trusted_clock (
      subject TEXT PRIMARY KEY CHECK (subject = 'clock'),
      after INTEGER NOT NULL, at INTEGER NOT NULL, time INTEGER NOT NULL
    ) STRICT;
  `,
  on: {
    'module.added'({ tables }, { data }) {
      run(tables, `${put} modules (path, sha256) VALUES (@path, @sha256)`, data);
    },
    'module.removed'({ tables }, { data }) {
      run(tables, 'DELETE FROM modules WHERE path = @path', data);
    },
    'pkcs12.added'({ tables }, { data }) {
      const { file, name, certificates } = data;
      run(tables, `${put} pkcs12 (file, name) VALUES (@file, @name)`, { file, name });
      for (const certificate of certificates)
        run(tables, `${put} pkcs12_certificates (pkcs12_file, file) VALUES (?, ?)`, [file, certificate.file]);
    },
    'pkcs12.removed'({ tables }, { data }) {
      run(tables, 'DELETE FROM pkcs12 WHERE file = @file', data);
      run(tables, 'DELETE FROM pkcs12_certificates WHERE pkcs12_file = @file', data);
    },
    'token.learned'({ tables }, { subject, data }) {
      run(tables, 'DELETE FROM token_certificates WHERE token = ?', [subject]);
      for (const { file } of data.certificates)
        run(tables, `${put} token_certificates (token, file) VALUES (?, ?)`, [subject, file]);
    },
    'clock.trusted'({ tables }, { at, subject, data: { after, time } }) {
      run(tables, `${put} trusted_clock (subject, after, at, time) VALUES (?, ?, ?, ?)`, [
        subject,
        after,
        at,
        time,
      ]);
    },
  },
};
