import type { Argument } from '../../shared/ipc/index.ts';
import type { ListChoices } from '../document/list-choices.ts';

type Filter =
  | 'all'
  | 'to-register'
  | 'to-direct'
  | 'to-handle'
  | 'urgent'
  | 'due-soon'
  | 'overdue'
  | 'closed'
  | 'refused';
type Sort = 'arrived' | 'due' | 'number';

export const choices: ListChoices<Argument<'incoming.list'>, Filter, Sort> = {
  filters: {
    all: { asks: {} },
    'to-register': { asks: { states: ['arrived'] }, need: 'incoming.register' },
    'to-direct': { asks: { states: ['registered'] }, need: 'incoming.direct' },
    'to-handle': { asks: { states: ['directed', 'processing'], mineOnly: true } },
    urgent: { asks: { urgentOnly: true } },
    'due-soon': { asks: { states: ['registered', 'directed', 'processing'] }, unasked: true },
    overdue: { asks: { overdueOnly: true } },
    closed: { asks: { states: ['closed'] } },
    refused: { asks: { states: ['refused'] }, need: 'incoming.refuse' },
  },
  sorts: {
    arrived: { sort: 'arrived', descending: true },
    due: { sort: 'due', descending: false },
    number: { sort: 'number', descending: true },
  },
  // A list by deadline is what somebody means who asks for what is due.
  usualSort: (filter) => (filter === 'due-soon' || filter === 'overdue' ? 'due' : 'arrived'),
};
