/** A sealed document through the years, on a clock that is moved: what proves it is renewed before it ends. */
import { expect, it } from 'vitest';
import { memorySource } from '../../src/main/pdf/source.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { importedAnchor } from '../../src/main/x509/trust.ts';
import { fileState } from '../../src/main/signature/levels/state.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { tasksOfDocument } from '../../src/main/store/queries/proofs.ts';
import { pdfsigVerdicts, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { issue } from '../pki/ca.ts';
import { onlineSchool } from './online.ts';
import { needs } from '../needs.ts';

needs('pdfsig', 'qpdf');

const office = onlineSchool();
const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** A timestamp authority's certificate as it follows the one before. */
async function stampingUntil(notAfter: number) {
  const { services } = office;
  services.stamping.authority = await issue(services.issuing, {
    profile: 'tsa',
    subject: [
      ['C', 'VN'],
      ['CN', 'TSA Ví Dụ'],
    ],
    notAfter,
    crlUrl: services.urls.crl,
    ocspUrl: services.urls.ocsp,
    issuerUrl: services.urls.cer,
  });
}

function moveTo(time: number): void {
  office.clock.now = time;
  office.services.clock.now = () => time;
}

const bytesOf = (id: string) => office.store.files.read(office.main(id).sha256);

/** What the desk does by itself: it judges what is new, and works off what that leaves to be done. */
async function passDays(id: string): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await office.store.verification.judge(office.main(id).sha256);
    await office.workOff();
  }
}

function stateOf(id: string) {
  const anchors = [importedAnchor(readCertificate(office.pki.root))];
  return fileState(openPdf(memorySource(bytesOf(id))), { anchors, now: office.clock.now });
}

it('gets a new archive timestamp before the old one ends, and is valid when everything of then has expired', async () => {
  const start = Date.now();
  moveTo(start);
  office.settle({ timestamps: true });
  await stampingUntil(start + 3 * YEAR);
  const id = await office.sealed();
  await passDays(id);
  const first = bytesOf(id);
  expect(stateOf(id).signatures.map(({ level }) => level)).toEqual(['B-LTA', 'B-LTA']);
  expect(stateOf(id).archiveUntil).toBeCloseTo(start + 3 * YEAR, -4);

  // Long before its end nothing is done, and nothing is shown as waiting.
  moveTo(start + YEAR);
  await passDays(id);
  expect(bytesOf(id).equals(first)).toBe(true);
  expect(office.detail(id).pending).toEqual([]);
  const [renewal] = tasksOfDocument(office.store.tables, id)[0]!.tasks;
  expect(renewal!.dueAt).toBeGreaterThan(start + 2 * YEAR);

  // Its turn comes by itself, with the service of that day.
  moveTo(renewal!.dueAt + DAY);
  await stampingUntil(start + 9 * YEAR);
  office.goOffline();
  await passDays(id);
  expect(bytesOf(id).equals(first)).toBe(true);
  expect(office.detail(id).pending.map(({ kind }) => kind)).toContain('archive-timestamp');
  office.goOnline();
  await passDays(id);
  const renewed = bytesOf(id);
  expect(renewed.subarray(0, first.length).equals(first)).toBe(true);
  expect(renewed.length).toBeGreaterThan(first.length);
  expect(stateOf(id).archiveUntil).toBeCloseTo(start + 9 * YEAR, -4);
  expect(office.detail(id).pending).toEqual([]);

  // The signers' certificates end after five years, the first timestamp's after three.
  moveTo(start + 7 * YEAR);
  const { sha256 } = office.main(id);
  await passDays(id);
  const { verdict, signatures } = await office.store.verification.judge(sha256);
  expect(verdict).toMatch(/^valid(-with-changes)?$/);
  const people = signatures.filter(({ kind }) => kind === 'signature');
  expect(people.map(({ lights }) => lights.validity)).toEqual(['good', 'good']);
  for (const { signer } of people) expect(signer!.certificate.notAfter).toBeLessThan(office.clock.now);
  expect(pdfsigVerdicts(renewed).slice(0, 2)).toEqual(Array(2).fill('Signature is Valid.'));
  expect(qpdfComplaints(renewed)).toBe('');
});
