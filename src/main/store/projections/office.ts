import { insert, run } from '../sql.ts';
import type { Projection } from './projection.ts';

const put = 'INSERT OR REPLACE INTO';

/** The office, its people and its settings, each row as last saved. */
export const officeTables: Projection = {
  tables: [
    'settings',
    'people',
    'modules',
    'pkcs12',
    'pkcs12_certificates',
    'token_certificates',
    'roots',
    'met_authorities',
    'signer_kinds',
    'images',
  ],
  ddl: `
    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE people (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, title TEXT NOT NULL, unit TEXT NOT NULL,
      active INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE modules (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;
    CREATE TABLE pkcs12 (file TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE pkcs12_certificates (
      pkcs12_file TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (pkcs12_file, file)
    ) STRICT;
    CREATE TABLE token_certificates (
      token TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (token, file)
    ) STRICT;
    CREATE TABLE signer_kinds (fingerprint TEXT PRIMARY KEY, kind TEXT NOT NULL) STRICT;
    CREATE TABLE roots (
      sha256 TEXT PRIMARY KEY, subject TEXT NOT NULL, not_after INTEGER NOT NULL, file TEXT NOT NULL
    ) STRICT;
    CREATE TABLE met_authorities (file TEXT PRIMARY KEY) STRICT;
    CREATE TABLE images (owner TEXT PRIMARY KEY, file TEXT NOT NULL) STRICT;
  `,
  on: {
    'office.saved'({ tables }, { data }) {
      run(tables, `${put} settings (key, value) VALUES ('office', ?)`, [JSON.stringify(data)]);
    },
    'axis.saved'({ tables }, { data }) {
      run(tables, `${put} settings (key, value) VALUES ('axis', ?)`, [JSON.stringify(data)]);
    },
    'services.saved'({ tables }, { data }) {
      run(tables, `${put} settings (key, value) VALUES ('services', ?)`, [JSON.stringify(data)]);
    },
    'signer-kind.saved'({ tables }, { data }) {
      run(tables, `${put} signer_kinds (fingerprint, kind) VALUES (@fingerprint, @kind)`, data);
    },
    'authority.met'({ tables }, { data }) {
      run(tables, `${put} met_authorities (file) VALUES (@file)`, data);
    },
    'person.saved'({ tables }, { data }) {
      run(
        tables,
        `INSERT INTO people (id, name, role, title, unit, active) VALUES (@id, @name, @role, @title, @unit, @active)
         ON CONFLICT (id) DO UPDATE SET name = @name, role = @role, title = @title, unit = @unit, active = @active`,
        { ...data, active: data.active ? 1 : 0 },
      );
    },
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
