import { recordTopics } from '../../../shared/domain/records.ts';
import { requirePerson, type CallsOf, type TopicsOf } from '../common/calls.ts';
import { requireVisible } from '../common/file-access.ts';
import type { Tasks } from '../common/tasks.ts';
import { exportEvidence } from './export-evidence.ts';
import { keptEvidenceOf } from './kept-evidence.ts';
import { printReport } from './print-report.ts';
import type { OpenOffice } from './open-office.ts';

interface Services {
  readonly store: OpenOffice;
  readonly tasks: Tasks;
}

/** Whoever sits at the desk may ask about the files they may see, which is asked file by file. */
export const verificationCalls: CallsOf<'verification', Services> = {
  'verification.of': {
    need: 'seated',
    answer: ({ store }, { argument: { sha256 }, person }) => {
      requireVisible(store, requirePerson(person), sha256);
      return store.verification.of(sha256);
    },
  },
  'verification.stop': {
    need: 'seated',
    answer: ({ store }, { argument: { sha256 }, person }) => {
      requireVisible(store, requirePerson(person), sha256);
      store.verification.stop(sha256);
      return {};
    },
  },
  'verification.again': {
    need: 'seated',
    answer: ({ store }, { argument: { sha256 }, person }) => {
      requireVisible(store, requirePerson(person), sha256);
      store.verification.allow(sha256);
      return {};
    },
  },
  'verification.evidence': {
    need: 'seated',
    answer: ({ store }, { argument: { sha256 }, person }) => {
      requireVisible(store, requirePerson(person), sha256);
      return keptEvidenceOf(store, sha256);
    },
  },
  'verification.export-evidence': {
    need: 'seated',
    answer: ({ store }, { argument: { sha256 }, person, window }) => {
      requireVisible(store, requirePerson(person), sha256);
      return exportEvidence(store, sha256, window.added);
    },
  },
  'verification.report': {
    need: 'seated',
    answer: ({ store, tasks }, { argument: { sha256, taskId }, person }) => {
      requireVisible(store, requirePerson(person), sha256);
      return tasks.run(taskId, (task) => printReport(store, requirePerson(person), sha256, task));
    },
  },
};

export const verificationTopics: TopicsOf<'file'> = {
  'file.repaired': ['verification', ...recordTopics],
  'file.read': ['verification', ...recordTopics],
  'file.reported': ['verification', ...recordTopics],
  'file.verified': ['verification', ...recordTopics],
  'file.evidence': ['verification', ...recordTopics],
};
