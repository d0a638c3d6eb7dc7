import { run } from '../sql.ts';
import type { Projection } from './projection.ts';

/** What the files of outgoing documents still lack, and what the clock was last compared with. */
export const proofTables: Projection = {
  tables: ['proof_tasks', 'trusted_clock'],
  ddl: `
    CREATE TABLE proof_tasks (
      document_id TEXT NOT NULL, position INTEGER NOT NULL,
      file TEXT NOT NULL, level TEXT NOT NULL, tasks TEXT NOT NULL, due_at INTEGER,
      PRIMARY KEY (document_id, position)
    ) STRICT;
    CREATE INDEX proof_tasks_due ON proof_tasks (due_at) WHERE due_at IS NOT NULL;
    CREATE TABLE trusted_clock (
      one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, at INTEGER NOT NULL, time INTEGER NOT NULL
    ) STRICT;
  `,
  on: {
    'proof.assessed'({ tables }, { subject, data }) {
      const { position, file, level, tasks } = data;
      const dueAt = tasks.length === 0 ? null : Math.min(...tasks.map((task) => task.dueAt));
      run(
        tables,
        `INSERT OR REPLACE INTO proof_tasks (document_id, position, file, level, tasks, due_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [subject, position, file, level, JSON.stringify(tasks), dueAt],
      );
    },
    'clock.trusted'({ tables }, { seq, at, data }) {
      run(tables, 'INSERT OR REPLACE INTO trusted_clock (one, seq, at, time) VALUES (1, ?, ?, ?)', [
        seq,
        at,
        data.time,
      ]);
    },
  },
};
