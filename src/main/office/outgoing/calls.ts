import type { Tables } from '../../store/index.ts';
import { capabilityToCancel, capabilityToReturn } from '../../store/admit/outgoing.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { answerOfAct, requirePerson, type CallsOf, type TopicsOf } from '../common/calls.ts';
import { requireFiles } from '../common/file-access.ts';
import type { OutgoingDetail } from '../../../shared/ipc/outgoing.ts';
import { allowSending } from './alarm.ts';
import * as draft from './draft.ts';
import { issue } from './issue.ts';
import { number } from './number.ts';
import * as view from './outgoing-view.ts';
import { approveFormat, submit } from './submit.ts';
import type { OutgoingOffice } from './outgoing-jobs.ts';

interface Services {
  readonly store: OutgoingOffice;
  /** What still has to be proved about a document's signatures. */
  readonly proofs: { pendingOf(id: string): OutgoingDetail['pending'] };
  /** What has become ready to be sent is sent. */
  readonly axis: { wake(): void };
}

const stateOf = (tables: Tables, id: string) => outgoingById(tables, id)?.state;

export const outgoingCalls: CallsOf<'outgoing', Services> = {
  'outgoing.list': {
    need: 'outgoing.view',
    answer: ({ store }, { argument, person, grant }) =>
      view.list(store, requirePerson(person), argument, grant),
  },
  'outgoing.get': {
    need: 'outgoing.view',
    answer: ({ store, proofs }, { argument, person }) =>
      view.get(store, requirePerson(person), argument, proofs.pendingOf(argument.id)),
  },
  'outgoing.create': {
    need: 'outgoing.draft',
    answer: ({ store }, { argument, person, window }) => {
      requireFiles(store, requirePerson(person), draft.filesOf(argument), window.added);
      return draft.create(store, requirePerson(person), argument);
    },
  },
  'outgoing.update': {
    need: 'outgoing.draft',
    answer: ({ store }, { argument, person, window }) => {
      requireFiles(store, requirePerson(person), draft.filesOf(argument), window.added);
      draft.change(store, requirePerson(person), argument);
      return {};
    },
  },
  'outgoing.submit': { need: 'outgoing.draft', answer: answerOfAct(submit) },
  'outgoing.approve-format': { need: 'outgoing.check', answer: answerOfAct(approveFormat) },
  'outgoing.return': {
    need: (tables, { id }) => capabilityToReturn(stateOf(tables, id)),
    answer: answerOfAct(draft.giveBack),
  },
  'outgoing.number': {
    need: 'outgoing.number',
    answer: ({ store }, { argument, person }) => number(store, requirePerson(person), argument),
  },
  'outgoing.issue': { need: 'outgoing.issue', answer: answerOfAct(issue) },
  'outgoing.allow-sending': {
    need: 'outgoing.sign',
    answer: ({ store, axis }, { argument, person }) => {
      allowSending(store, requirePerson(person), argument);
      axis.wake();
      return {};
    },
  },
  'outgoing.cancel': {
    need: (tables, { id }) => capabilityToCancel(stateOf(tables, id)),
    answer: answerOfAct(draft.cancel),
  },
};

export const outgoingTopics: TopicsOf<'outgoing'> = {
  'outgoing.drafted': ['outgoing', 'exchange'],
  'outgoing.changed': ['outgoing', 'exchange'],
  'outgoing.submitted': ['outgoing', 'exchange'],
  'outgoing.format-approved': ['outgoing', 'exchange'],
  'outgoing.signed-elsewhere': ['outgoing', 'exchange'],
  'outgoing.returned': ['outgoing', 'exchange'],
  'outgoing.signed': ['outgoing', 'exchange'],
  'outgoing.numbered': ['outgoing', 'exchange'],
  'outgoing.sealed': ['outgoing', 'exchange'],
  'outgoing.issued': ['outgoing', 'exchange'],
  'outgoing.alarmed': ['outgoing', 'exchange'],
  'outgoing.sending-allowed': ['outgoing', 'exchange'],
  'outgoing.cancelled': ['outgoing', 'exchange'],
};
