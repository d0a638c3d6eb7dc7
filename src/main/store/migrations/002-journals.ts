/** One journal's tables; see `journal.ts`. The database itself refuses to change or remove what must stand. */
const journal = (name: string, bodies: string) => `
CREATE TABLE ${name} (seq INTEGER PRIMARY KEY, content BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TRIGGER ${name}_goes_on BEFORE INSERT ON ${name}
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ${name})
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER ${name}_keeps BEFORE UPDATE ON ${name}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER ${name}_stays BEFORE DELETE ON ${name}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE ${bodies} (
  seq INTEGER PRIMARY KEY REFERENCES ${name} (seq),
  subject TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.subject')) STORED,
  at INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.at')) STORED,
  salt BLOB NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX ${bodies}_subject ON ${bodies} (subject, seq);
CREATE INDEX ${bodies}_purges ON ${bodies} (seq) WHERE json_extract(body, '$.type') = 'incoming.purged';
CREATE TRIGGER ${bodies}_come_once BEFORE INSERT ON ${bodies}
WHEN EXISTS (SELECT 1 FROM ${bodies} WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a body is never written anew'); END;
CREATE TRIGGER ${bodies}_keep BEFORE UPDATE ON ${bodies}
BEGIN SELECT RAISE(ABORT, 'a body is never written anew'); END;
`;

/**
 * The office's journal and the one of this PC. `form` says which vocabulary they were last written in, and which version
 * of the projections made the other tables (`tablesId`).
 */
export const journals = `
${journal('journal', 'bodies')}
${journal('local_journal', 'local_bodies')}
CREATE TABLE form (
  one INTEGER PRIMARY KEY CHECK (one = 1), vocabulary INTEGER NOT NULL, tables TEXT NOT NULL
) STRICT;
`;
