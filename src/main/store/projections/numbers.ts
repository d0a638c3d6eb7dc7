import { run, type Tables } from '../sql.ts';
import type { Projection } from './projection.ts';

/** Numbers run without gaps from 1 within a calendar year (NĐ 30/2020, Điều 15.1, 22.2). */
export const numberTables: Projection = {
  name: 'numbers',
  version: 1,
  tables: { counters: null },
  ddl: `
    CREATE TABLE counters (
      series TEXT NOT NULL, year INTEGER NOT NULL, next INTEGER NOT NULL, last_date TEXT NOT NULL,
      PRIMARY KEY (series, year)
    ) STRICT;
  `,
  on: {
    'incoming.registered'({ tables }, { data }) {
      count(tables, 'incoming', data.arrivalNumber, data.arrivalDate);
    },
    'outgoing.numbered'({ tables }, { data }) {
      count(tables, 'outgoing', data.number, data.issuedDate);
    },
  },
};

/** Never backwards, in whatever order entries come. */
function count(tables: Tables, series: string, number: number, date: string): void {
  run(
    tables,
    `INSERT INTO counters (series, year, next, last_date) VALUES (?, ?, ?, ?)
     ON CONFLICT (series, year) DO UPDATE SET
       next = max(next, excluded.next), last_date = max(last_date, excluded.last_date)`,
    [series, Number(date.slice(0, 4)), number + 1, date],
  );
}
