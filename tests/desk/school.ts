import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NATIONAL_LINE } from '../../src/shared/domain/exchange.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import { statusKey } from '../../src/main/axis/identity.ts';
import type { EdocMessage, ReadStatus, StatusMessage } from '../../src/main/axis/edxml-model.ts';
import type { ExchangeOffice } from '../../src/main/axis/office-port.ts';
import { readDelivery } from '../../src/main/axis/read-delivery.ts';
import { exchangeOffice, type ExchangeWork } from '../../src/main/office/exchange/exchange.ts';
import * as settings from '../../src/main/office/settings/settings.ts';
import { createOfficeThreads, openOffice, type WorkingOffice } from '../../src/main/office/open-office.ts';
import { openStore, type StoreOptions } from '../../src/main/store/index.ts';
import { openOutbox } from '../../src/main/store/queries/exchange.ts';
import { department, sampleEdoc, school as schoolOnAxis } from '../axis/samples.ts';
import { MORNING } from './morning.ts';
import { PEOPLE, SCHOOL } from '../demo/sample.ts';
import { connectionOf } from '../../src/main/store/sql.ts';

/** The sample school's records in a folder of their own, on a clock that stands still until it is set. */
export interface School {
  readonly dir: string;
  readonly store: WorkingOffice;
  readonly axis: ExchangeOffice;
  readonly clock: { now: number };
  /** Takes a letter of the department in, as the exchange loop does; returns the new document's id. */
  receive(changes?: Partial<EdocMessage>): Promise<string>;
  /** Everything waiting to go out, read back from its bytes, in order. */
  waiting(): (EdocMessage | StatusMessage)[];
  /** Closes the records and opens them again. */
  reopen(): void;
  close(): void;
}

/** A thread costs a second to start: one school after another has the same. */
const threads = createOfficeThreads();

/** What the exchange does in threads, done here. */
export const exchangeWork: ExchangeWork = {
  prepare: () => Promise.resolve(true),
  read: async ({ path, listedAs }) => readDelivery(await readFile(path), listedAs),
};

export function openSchool(options: StoreOptions = {}): School {
  const dir = mkdtempSync(join(tmpdir(), 'school-'));
  const clock = { now: MORNING };
  const open = () => openOffice(openStore(dir, { clock: () => clock.now, ...options }), threads);
  let store = open();
  let axis = exchangeOffice(store, NATIONAL_LINE, exchangeWork);
  let letters = 0;
  settings.saveOffice(store, null, SCHOOL);
  for (const person of PEOPLE) settings.savePerson(store, null, person);
  return {
    dir,
    clock,
    get store() {
      return store;
    },
    get axis() {
      return axis;
    },
    async receive(changes = {}) {
      letters += 1;
      const number = String(300 + letters);
      const message = departmentLetter({
        number,
        documentId: `H99.05,2026/11/19,${number}/SGDĐT-VP`,
        ...changes,
      });
      await deliver(axis, `axis-${letters}`, message, clock.now);
      const newest = 'SELECT id FROM incoming ORDER BY seq DESC LIMIT 1';
      return (connectionOf(store.tables).prepare(newest).get() as { id: string }).id;
    },
    waiting: () => openOutbox(store.tables).map(({ file }) => readEdxml(store.files.read(file)).message),
    reopen() {
      store.close();
      store = open();
      axis = exchangeOffice(store, NATIONAL_LINE, exchangeWork);
    },
    close() {
      store.close();
      rmSync(dir, { recursive: true });
    },
  };
}

export function departmentLetter(changes: Partial<EdocMessage> = {}): EdocMessage {
  return sampleEdoc({
    from: department,
    to: [schoolOnAxis],
    number: '301',
    notation: 'SGDĐT-VP',
    documentId: 'H99.05,2026/11/19,301/SGDĐT-VP',
    promulgationDate: '2026-11-19',
    subject: 'V/v báo cáo số liệu đầu năm học',
    content: '',
    dueDate: null,
    responseFor: [],
    ...changes,
  });
}

/** Bytes over the wire, then the exchange loop's own steps. */
export async function deliver(
  axis: ExchangeOffice,
  axisDocId: string,
  message: EdocMessage,
  at: number,
): Promise<'new' | 'duplicate'> {
  const bytes = writeEdoc(message, { now: at, secrecy: '' });
  await axis.storeRaw({ axisDocId, kind: 'edoc', bytes, receivedAt: at });
  const delivery = await axis.readDelivery(axisDocId, 'edoc', new AbortController().signal);
  if (delivery.kind !== 'edoc') throw new Error('a document was read as a status');
  return axis.recordEdoc({ ...delivery, axisDocId, at });
}

export async function deliverStatus(
  axis: ExchangeOffice,
  axisDocId: string,
  message: StatusMessage,
  at: number,
): Promise<'matched' | 'orphan' | 'duplicate'> {
  await axis.storeRaw({ axisDocId, kind: 'status', bytes: Buffer.from(axisDocId), receivedAt: at });
  const read: ReadStatus = { kind: 'status', message, warnings: [] };
  return axis.recordStatus({ axisDocId, read, statusKey: statusKey(message), at });
}
