import { requirePerson, type CallsOf } from '../common/calls.ts';
import { requireFiles } from '../common/file-access.ts';
import { examineFile, takeCopy } from './examine-file.ts';
import { passwordOf, unlockFile } from './unlock.ts';
import type { OpenOffice } from './open-office.ts';

interface Services {
  readonly store: OpenOffice;
  readonly reader: { read(file: string): Promise<void> };
  /** What an unlocked file still lacks is tried at once. */
  readonly proofs: { tryNow(): void };
}

/** Of files the person may see, and those just added in their window. */
export const fileCalls: CallsOf<'file', Services> = {
  'file.examine': {
    need: 'outgoing.draft',
    answer: ({ store }, { argument, person, window }) => {
      requireFiles(store, requirePerson(person), [argument], window.added);
      return examineFile(store, argument, window.added);
    },
  },
  'file.take-copy': {
    need: 'outgoing.draft',
    answer: ({ store }, { argument, person, window }) => {
      requireFiles(store, requirePerson(person), [argument], window.added);
      return takeCopy(store, requirePerson(person), argument, window.added);
    },
  },
  'file.unlock': {
    need: 'seated',
    answer: async ({ store, proofs, reader }, { argument, person, window }) => {
      requireFiles(store, requirePerson(person), [argument], window.added);
      await unlockFile(store, argument, (file) => reader.read(file));
      proofs.tryNow();
      return {};
    },
  },
  'file.password': {
    need: 'seated',
    answer: ({ store }, { argument, person, window }) => {
      requireFiles(store, requirePerson(person), [argument], window.added);
      return passwordOf(store, argument.sha256);
    },
  },
};
