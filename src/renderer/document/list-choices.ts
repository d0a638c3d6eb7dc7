import { useState } from 'react';
import type { Place } from '../../shared/domain/places.ts';
import type { Capability } from '../../shared/domain/permissions.ts';
import { useMay } from '../desk/use-session.ts';
import { replace, useRoute } from '../navigation/route.ts';
import { windowSize } from './list-window.ts';

/** A chip over a register's list: what it asks the desk, and to whom it is offered. */
export interface ListFilter<A> {
  readonly asks: A;
  /** Offered to those who may do this, its own work. */
  readonly need?: Capability;
  /** Offered to those who may not do this: they have another chip for it. */
  readonly unless?: Capability;
  /** True for a chip that is only there when an address asks for it. */
  readonly unasked?: true;
}

/** How the list of a register can be narrowed and sorted, in the order shown. `A` is the argument of its call. */
export interface ListChoices<A, F extends string, S extends string> {
  readonly filters: Readonly<Record<F, ListFilter<A>>>;
  readonly sorts: Readonly<Record<S, A>>;
  readonly usualSort: (filter: F) => S;
}

/** The chips for whoever may do what `may` says, and whichever is on. */
export function chipsFor<F extends string>(
  filters: Readonly<Record<F, ListFilter<object>>>,
  may: (capability: Capability) => boolean,
  current: F,
): readonly F[] {
  const entries = Object.entries<ListFilter<object>>(filters) as [F, ListFilter<object>][];
  const chips = entries
    .filter(([, { need, unless, unasked }]) => !unasked && (!need || may(need)) && !(unless && may(unless)))
    .map(([key]) => key);
  return chips.includes(current) ? chips : [...chips, current];
}

const has = <K extends string>(record: Readonly<Record<K, unknown>>, key: string | undefined): key is K =>
  key !== undefined && Object.hasOwn(record, key);

/** What is chosen now. Chip and order stand in the address, so that Back brings the same list again. */
export function useListChoice<A extends object, F extends string, S extends string>(
  place: Place,
  { filters, sorts, usualSort }: ListChoices<A, F, S>,
) {
  const { id, query } = useRoute();
  const may = useMay();
  const [text, setText] = useState('');
  const [offset, setOffset] = useState(0);
  const filter = has(filters, query['filter']) ? query['filter'] : (Object.keys(filters)[0] as F);
  const sort = has(sorts, query['sort']) ? query['sort'] : usualSort(filter);
  const choose = (next: Readonly<Record<string, string>>) => replace(place, id, { ...query, ...next });
  return {
    place,
    filter,
    sort,
    text,
    chips: chipsFor(filters, may, filter),
    sorts: Object.keys(sorts) as S[],
    argument: { ...filters[filter].asks, ...sorts[sort], text, offset, limit: windowSize },
    onFilter: (next: F) => choose({ filter: next }),
    onSort: (next: S) => choose({ sort: next }),
    onText: setText,
    onWindow: setOffset,
  };
}

export type ListChoice<F extends string, S extends string> = Omit<
  ReturnType<typeof useListChoice<object, F, S>>,
  'argument'
>;
