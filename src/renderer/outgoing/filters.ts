import type { Argument } from '../../shared/ipc/index.ts';
import type { ListChoices } from '../document/list-choices.ts';

type Filter =
  | 'all'
  | 'mine'
  | 'draft'
  | 'to-check'
  | 'to-sign'
  | 'to-number'
  | 'to-seal'
  | 'to-issue'
  | 'issued'
  | 'cancelled';
type Sort = 'updated' | 'number' | 'due';

export const choices: ListChoices<Argument<'outgoing.list'>, Filter, Sort> = {
  filters: {
    all: { asks: {} },
    mine: { asks: { mineOnly: true }, need: 'outgoing.sign' },
    draft: { asks: { states: ['draft'] }, unless: 'outgoing.sign' },
    'to-check': { asks: { states: ['checking'] }, need: 'outgoing.check' },
    'to-sign': { asks: { states: ['to-sign'] }, unless: 'outgoing.check' },
    'to-number': { asks: { states: ['signed'] }, need: 'outgoing.number' },
    'to-seal': { asks: { states: ['numbered'] }, need: 'outgoing.seal' },
    'to-issue': { asks: { states: ['sealed'] }, need: 'outgoing.issue' },
    issued: { asks: { states: ['issued'] } },
    cancelled: { asks: { states: ['cancelled'] }, unasked: true },
  },
  sorts: {
    updated: { sort: 'updated', descending: true },
    number: { sort: 'number', descending: true },
    due: { sort: 'due', descending: false },
  },
  usualSort: () => 'updated',
};
