import type Database from 'better-sqlite3';

declare const officeTables: unique symbol;

/** The office's tables, as the other rooms hand them to the functions of `queries/`: SQL is written in `store/` only. */
export interface Tables {
  readonly [officeTables]: true;
}

/** The same tables as the store itself works on them. */
export type Connection = Database.Database & Tables;

export const connectionOf = (tables: Tables): Connection => tables as Connection;

export type SqlValue = string | number | bigint | Uint8Array | null;
type Parameters = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

const prepared = new WeakMap<Tables, Map<string, Database.Statement>>();

/** Compiling a statement costs more than running most of ours, so each text is compiled once a connection. */
function statement(tables: Tables, sql: string): Database.Statement {
  let known = prepared.get(tables);
  if (!known) prepared.set(tables, (known = new Map()));
  let compiled = known.get(sql);
  if (!compiled) known.set(sql, (compiled = connectionOf(tables).prepare(sql)));
  return compiled;
}

export function run(tables: Tables, sql: string, parameters: Parameters = []): number {
  return statement(tables, sql).run(parameters).changes;
}

/** What a query gives: columns `due_date` are fields `dueDate`, as the rest of the program writes them. */
export type Fields<Row> = { [Field in keyof Row]: Field extends `${string}_${string}` ? never : unknown };

/** The first row. `Row` states what the SQL selects; SQLite has no types to check it against. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what its SQL selects
export function one<Row extends Fields<Row>>(
  tables: Tables,
  sql: string,
  parameters: Parameters = [],
): Row | undefined {
  const row = statement(tables, sql).get(parameters);
  return row === undefined ? undefined : (withFields(row as StoredRow) as Row);
}

export function all<Row extends Fields<Row>>(
  tables: Tables,
  sql: string,
  parameters: Parameters = [],
): Row[] {
  return statement(tables, sql)
    .all(parameters)
    .map((row) => withFields(row as StoredRow) as Row);
}

type StoredRow = Readonly<Record<string, SqlValue>>;

const fields = new Map<string, string>();

function fieldOf(column: string): string {
  let field = fields.get(column);
  if (field === undefined)
    fields.set(column, (field = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())));
  return field;
}

function withFields(row: StoredRow): StoredRow {
  const renamed: Record<string, SqlValue> = {};
  for (const column of Object.keys(row)) renamed[fieldOf(column)] = row[column]!;
  return renamed;
}

/** `INSERT` of an object whose keys are the column names. */
export function insert(tables: Tables, table: string, row: Readonly<Record<string, SqlValue>>): void {
  const columns = Object.keys(row);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places(columns)})`;
  run(tables, sql, Object.values(row));
}

/** `UPDATE` of the given columns of the row whose `id` column is `id`. */
export function update(
  tables: Tables,
  table: string,
  id: string,
  row: Readonly<Record<string, SqlValue>>,
): void {
  const sql = `UPDATE ${table} SET ${Object.keys(row).join(' = ?, ')} = ? WHERE id = ?`;
  const changed = run(tables, sql, [...Object.values(row), id]);
  if (changed !== 1) throw new Error(`${table}: no row ${id}`);
}

/** `?, ?, ?` for a list of values. */
export function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
