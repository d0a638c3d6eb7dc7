import type { Role } from '../../shared/domain/permissions.ts';
import type { Argument } from '../../shared/ipc/index.ts';

type ListArgument = Argument<'outgoing.list'>;

export const sorts = {
  updated: { sort: 'updated', descending: true },
  number: { sort: 'number', descending: true },
  due: { sort: 'due', descending: false },
} as const satisfies Record<string, ListArgument>;
export type Sort = keyof typeof sorts;
export const isSort = (text: string | undefined): text is Sort => text !== undefined && text in sorts;

/** What a chip asks for. */
export const filters = {
  all: {},
  mine: { mineOnly: true },
  draft: { states: ['draft'] },
  'to-check': { states: ['checking'] },
  'to-sign': { states: ['to-sign'] },
  'to-number': { states: ['signed'] },
  'to-seal': { states: ['numbered'] },
  'to-issue': { states: ['sealed'] },
  issued: { states: ['issued'] },
  cancelled: { states: ['cancelled'] },
} as const satisfies Record<string, Readonly<Record<string, unknown>>>;
export type Filter = keyof typeof filters;
export const isFilter = (text: string | undefined): text is Filter => text !== undefined && text in filters;

const chipsByRole: Readonly<Record<Role, readonly Filter[]>> = {
  clerk: ['all', 'draft', 'to-check', 'to-number', 'to-seal', 'to-issue', 'issued'],
  principal: ['all', 'mine', 'to-sign', 'issued'],
  teacher: ['all', 'draft', 'to-sign', 'issued'],
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
