import { ftsQuery } from '../search-query.ts';
import { all, one, places, type Fields, type SqlValue, type Tables } from '../sql.ts';

/** Conditions of a list, each with the values of its own `?` places. */
export class Where {
  readonly #parts: string[] = [];
  readonly #values: SqlValue[] = [];

  add(condition: string, ...values: SqlValue[]): this {
    this.#parts.push(condition);
    this.#values.push(...values);
    return this;
  }

  /** Documents in which every word of `text` occurs; no condition when it has no word. `seq` names the column. */
  matches(seq: string, text: string): this {
    const query = ftsQuery(text);
    return query ? this.add(`${seq} IN (SELECT rowid FROM search WHERE search MATCH ?)`, query) : this;
  }

  /** Rows whose `column` is one of these; no condition when there are none. */
  among(column: string, values: readonly SqlValue[]): this {
    return values.length > 0 ? this.add(`${column} IN (${places(values)})`, ...values) : this;
  }

  get sql(): string {
    return this.#parts.length > 0 ? `WHERE ${this.#parts.join(' AND ')}` : '';
  }

  get values(): readonly SqlValue[] {
    return this.#values;
  }
}

/** What a list of documents of a kind is narrowed by and how it goes on. */
export interface DocumentFilter<State extends string, Sort extends string> extends Page {
  readonly states: readonly State[];
  readonly text: string;
  readonly sort: Sort;
  readonly descending: boolean;
}

/** @param alias of the table of documents */
export const whereDocuments = (
  alias: string,
  { states, text }: Pick<DocumentFilter<string, string>, 'states' | 'text'>,
): Where => new Where().matches(`${alias}.seq`, text).among(`${alias}.state`, states);

/**
 * `ORDER BY` of a list of documents; those of one place stand in the order in which they came.
 * @param columns what each way of sorting goes by
 */
export function documentOrder<Sort extends string>(
  alias: string,
  columns: Readonly<Record<Sort, readonly string[]>>,
  { sort, descending }: Pick<DocumentFilter<string, Sort>, 'sort' | 'descending'>,
): string {
  const way = descending ? 'DESC' : 'ASC';
  const [first = 'seq'] = columns[sort];
  // What has no due date comes last either way.
  const missing = sort === 'due' ? [`${alias}.${first} IS NULL`] : [];
  return [...missing, ...[...columns[sort], 'seq'].map((column) => `${alias}.${column} ${way}`)].join(', ');
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/**
 * One page of a list and how long the whole list is. The page is cut before `columns` are looked up, so that joins
 * and subqueries cost only what is shown.
 * @param from table and alias, e.g. `incoming i`
 * @param joins what `columns` need beyond it
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what its columns are
export function pageOf<Row extends Fields<Row>>(
  tables: Tables,
  list: {
    from: string;
    joins: string;
    columns: string;
    /** Values of the `?` places in `columns`. */
    columnValues?: readonly SqlValue[];
    where: Where;
    order: string;
  } & Page,
): { rows: Row[]; total: number } {
  const { from, joins, columns, columnValues = [], where, order, offset, limit } = list;
  const alias = from.split(' ').at(-1)!;
  const rows = all<Row>(
    tables,
    `SELECT ${columns} FROM (SELECT ${alias}.rowid AS row FROM ${from} ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?) page
     JOIN ${from} ON ${alias}.rowid = page.row ${joins} ORDER BY ${order}`,
    [...columnValues, ...where.values, limit, offset],
  );
  const { total } = one<{ total: number }>(
    tables,
    `SELECT count(*) AS total FROM ${from} ${where.sql}`,
    where.values,
  )!;
  return { rows, total };
}
