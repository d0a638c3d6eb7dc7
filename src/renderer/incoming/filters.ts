import type { Role } from '../../shared/domain/permissions.ts';
import type { Argument } from '../../shared/ipc/index.ts';

type ListArgument = Argument<'incoming.list'>;

export const sorts = {
  arrived: { sort: 'arrived', descending: true },
  due: { sort: 'due', descending: false },
  number: { sort: 'number', descending: true },
} as const satisfies Record<string, ListArgument>;
export type Sort = keyof typeof sorts;
export const isSort = (text: string | undefined): text is Sort => text !== undefined && text in sorts;

const open = ['registered', 'directed', 'processing'] as const;

/** What a chip asks for. */
export const filters = {
  all: {},
  'to-register': { states: ['arrived'] },
  'to-direct': { states: ['registered'] },
  'to-handle': { states: ['directed', 'processing'], mineOnly: true },
  urgent: { urgentOnly: true },
  'due-soon': { states: [...open] },
  overdue: { overdueOnly: true },
  closed: { states: ['closed'] },
  refused: { states: ['refused'] },
} as const satisfies Record<string, Readonly<Record<string, unknown>>>;
export type Filter = keyof typeof filters;
export const isFilter = (text: string | undefined): text is Filter => text !== undefined && text in filters;

/** A list by deadline is what somebody means who asks for what is due. */
export function usualSort(filter: Filter): Sort {
  return filter === 'due-soon' || filter === 'overdue' ? 'due' : 'arrived';
}

const chipsByRole: Readonly<Record<Role, readonly Filter[]>> = {
  clerk: ['all', 'to-register', 'to-handle', 'urgent', 'overdue', 'closed', 'refused'],
  principal: ['all', 'to-direct', 'to-handle', 'urgent', 'overdue', 'closed'],
  teacher: ['all', 'to-handle', 'urgent', 'overdue', 'closed'],
};

/** The chips a role works with, and whichever is on. */
export function chipsFor(role: Role, current: Filter): readonly Filter[] {
  const chips = chipsByRole[role];
  return chips.includes(current) ? chips : [...chips, current];
}

export function listArgument(filter: Filter, sort: Sort, text: string): ListArgument {
  const { states, ...flags } = { states: [], ...filters[filter] };
  return { ...flags, states: [...states], ...sorts[sort], text };
}
