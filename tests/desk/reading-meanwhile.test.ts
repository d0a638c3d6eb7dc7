/** A file that takes minutes to read, in the background: nobody who acts waits for it. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { issue } from '../../src/main/office/outgoing/issue.ts';
import { startReader } from '../../src/main/office/reader/reader.ts';
import { unverifiedPdfs } from '../../src/main/store/queries/documents.ts';
import { pdfAttachment } from '../axis/samples.ts';
import { CLERK } from '../demo/sample.ts';
import { needs } from '../needs.ts';
import { onlineSchool } from './online.ts';

needs('mkfifo');

const office = onlineSchool();

it('drafts are handed in, signed, numbered, sealed and issued before it is done; closing does not wait either', async () => {
  const { store } = office;
  await office.receive({ attachments: [pdfAttachment] });
  const [{ file } = { file: '' }] = unverifiedPdfs(store.tables);
  // Whoever opens it waits until somebody writes.
  const pipe = store.files.path(file);
  rmSync(pipe);
  execFileSync('mkfifo', [pipe]);
  const log = { info: () => {}, error: (line: string) => expect.fail(line) };
  const reader = startReader(store, log, () => {});
  reader.wake();
  let isRead = false;
  const read = reader.idle().then(() => (isRead = true));

  const id = await office.sealed();
  await issue(store, CLERK, { id });
  expect(office.detail(id).state).toBe('issued');
  expect(isRead).toBe(false);
  expect(unverifiedPdfs(store.tables).map((row) => row.file)).toContain(file);

  const stopped = reader.stop();
  await read;
  // A thread that waits for the disk ends when the disk answers.
  await open(pipe, 'w').then((writer) => writer.close());
  await stopped;
  expect(unverifiedPdfs(store.tables).map((row) => row.file)).toContain(file);
});
