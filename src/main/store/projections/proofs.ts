import { run } from '../sql.ts';
import type { Projection } from './projection.ts';

/** What the files of outgoing documents still lack. */
export const proofTables: Projection = {
  name: 'proofs',
  version: 1,
  tables: { proof_tasks: 'document_id' },
  ddl: `
    CREATE TABLE proof_tasks (
      document_id TEXT NOT NULL, position INTEGER NOT NULL,
      file TEXT NOT NULL, level TEXT NOT NULL, tasks TEXT NOT NULL, due_at INTEGER,
      PRIMARY KEY (document_id, position)
    ) STRICT;
    CREATE INDEX proof_tasks_due ON proof_tasks (due_at) WHERE due_at IS NOT NULL;
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
  },
};
