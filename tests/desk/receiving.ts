/** Letters as they come, whatever their PDF is, and the acts on them; what independent readers say of the result. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import type { FileActOutcome } from '../../src/shared/ipc/file-acts.ts';
import type { Argument, Result } from '../../src/shared/ipc/index.ts';
import { pdfAttachment, textAttachment } from '../axis/samples.ts';
import type { PersonAtDesk } from '../demo/person.ts';
import type { TOKENS } from '../demo/sample.ts';
import { pdfsigVerdicts, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { MUTOOL_EDITED, MUTOOL_WHOLE, mutoolVerdicts, opensslVerify } from '../pki/readers.ts';
import { departmentLetter } from './school.ts';
import { deliver, expectClear, loginOf, type Office } from './set-up.ts';

export type Act = Argument<'file-act.plan'>['act'];
type Token = (typeof TOKENS)[keyof typeof TOKENS];
type Boxes = Argument<'file-act.sign'>['items'][number]['boxes'];

export const VALID = 'Signature is Valid.';

export const bytesOf = async (person: PersonAtDesk, sha256: string) =>
  readFileSync(await person.filePath(sha256));

/** Nothing is added to a file between two acts on it: readers who count signatures count those of people. */
export async function withoutTimestamps({ clerk }: Office): Promise<void> {
  const { services } = await clerk.call('settings.get', {});
  await clerk.call('settings.save-services', { ...services, timestamps: false });
}

let letters = 500;
/** A letter with these bytes as its PDF, received and registered. */
export async function receiveLetter(office: Office, pdf: Uint8Array | null): Promise<string> {
  const number = String((letters += 1));
  const attachments = pdf ? [{ ...pdfAttachment, bytes: pdf }] : [textAttachment];
  const letter = departmentLetter({
    number,
    documentId: `H99.05,2026/11/19,${number}/SGDĐT-VP`,
    attachments,
  });
  deliver(office.axis, writeEdoc(letter, { now: Date.now(), secrecy: '' }), { notation: number });
  await office.goRound();
  const { rows } = await office.clerk.call('incoming.list', {
    states: ['arrived'],
    text: `${number}/SGDĐT-VP`,
  });
  const { id } = rows[0]!;
  await office.clerk.call('incoming.register', { id });
  return id;
}

/** What the clerk and the head do with a registered letter. */
export const actsOn = (id: string): Record<'stamp' | 'comment', Act> => ({
  stamp: { kind: 'incoming', id, forwardTo: 'Tổ Văn phòng', fileCode: '' },
  comment: { kind: 'comment', id, text: 'Giao Tổ Toán - Tin thực hiện.' },
});

export async function sign(
  person: PersonAtDesk,
  acts: readonly Act[],
  token: Token,
  boxes: Boxes = [],
): Promise<Result<'file-act.sign'>> {
  const items = acts.map((act) => ({ act, boxes }));
  return person.call('file-act.sign', { items, ...(await loginOf(person, token)) });
}

export async function signOne(
  person: PersonAtDesk,
  act: Act,
  token: Token,
  boxes: Boxes = [],
): Promise<FileActOutcome & { file: { sha256: string; name: string } }> {
  const { items, stopped } = await sign(person, [act], token, boxes);
  expect(stopped).toBeNull();
  const [item] = items;
  if (!item?.file) throw new Error(JSON.stringify(item));
  return { ...item, file: item.file };
}

export const failedWith = (outcome: FileActOutcome | undefined): string | undefined => {
  if (outcome?.problem) expectClear(outcome.problem);
  return outcome?.problem?.code;
};

/** What an independent reader and we ourselves say of a file. */
export async function expectSoundFile(
  office: Office,
  person: PersonAtDesk,
  sha256: string,
  signatures: number,
): Promise<Buffer> {
  const bytes = await bytesOf(person, sha256);
  expect(pdfsigVerdicts(bytes)).toEqual(Array(signatures).fill(VALID));
  expect(opensslVerify(await person.filePath(sha256), office.demo.pki.root)).toBe(signatures);
  expect(qpdfComplaints(bytes)).toBe('');
  expect(mutoolVerdicts(await person.filePath(sha256))).toEqual([
    MUTOOL_WHOLE,
    ...Array<string>(signatures - 1).fill(MUTOOL_EDITED),
  ]);
  const { verdict, changes } = await person.call('verification.of', { sha256 });
  expect(['valid', 'valid-with-changes', 'indeterminate']).toContain(verdict);
  expect(changes.filter(({ allowed }) => !allowed)).toEqual([]);
  return bytes;
}
