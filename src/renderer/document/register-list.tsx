import type { ReactElement, ReactNode } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import type { CallFailure } from '../desk/bridge.ts';
import { go, useRoute } from '../navigation/route.ts';
import type { ListChoice } from './list-choices.ts';
import { ListHeader } from './list-header.tsx';
import { DocumentList } from './list.tsx';

/** The documents of a register: its head with chips and order, and the rows chosen. */
export function RegisterList<R extends { readonly id: string }, F extends string, S extends string>({
  words,
  choice: { place, filter, sort, text, chips, sorts, onFilter, onSort, onText, onWindow },
  list,
  action,
  renderRow,
}: {
  readonly words: {
    readonly title: string;
    readonly narrow: string;
    readonly sort: string;
    readonly filters: Readonly<Record<F, string>>;
    readonly sorts: Readonly<Record<S, string>>;
    /** When nothing is there for the chip. */
    readonly empty: Readonly<Record<F, string>>;
    readonly notFound: (text: string) => string;
  };
  readonly choice: ListChoice<F, S>;
  /** What the desk answers to what is chosen. */
  readonly list: {
    readonly data: { readonly rows: readonly R[]; readonly total: number } | undefined;
    readonly answers: { readonly offset?: number | undefined } | undefined;
    readonly failure: CallFailure | undefined;
    readonly slow: boolean;
    readonly reload: () => void;
  };
  readonly action?: ReactElement;
  readonly renderRow: (row: R) => ReactNode;
}) {
  const { id, query } = useRoute();
  const { data, failure, slow, reload } = list;
  // What else the address says is about the document that is open.
  const kept = Object.fromEntries(
    Object.entries(query).filter(([key]) => key === 'filter' || key === 'sort'),
  );
  return (
    <>
      <ListHeader
        title={words.title}
        narrowLabel={words.narrow}
        sortLabel={words.sort}
        filters={chips.map((key) => ({ key, label: words.filters[key] }))}
        filter={filter}
        onFilter={onFilter}
        sorts={sorts.map((key) => ({ key, label: words.sorts[key] }))}
        sort={sort}
        onSort={onSort}
        onText={onText}
        {...(action && { action })}
      />
      {failure && <ErrorMessage failure={failure} onRetry={reload} />}
      {slow && !data && <Waiting />}
      {data?.total === 0 && <EmptyState>{text ? words.notFound(text) : words.empty[filter]}</EmptyState>}
      {data && data.total > 0 && (
        <DocumentList
          key={`${filter} ${sort} ${text}`}
          label={words.title}
          data={{ ...data, offset: list.answers?.offset ?? 0 }}
          openId={id}
          onOpen={(row) => go(place, row.id, kept)}
          onWindow={onWindow}
          renderRow={renderRow}
        />
      )}
    </>
  );
}
