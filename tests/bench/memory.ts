import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openDesk } from '../../src/main/desk.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import { imageAppearance } from '../../src/main/pdf/appearance.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { signDocument } from '../../src/main/signature/sign.ts';
import { openForLooking } from '../../src/main/store/database.ts';
import { uncheckedPdfs, unreadPdfs, unverifiedPdfs } from '../../src/main/store/queries/documents.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { localDay } from '../../src/shared/text/dates.ts';
import { pdfAttachment, sampleEdoc, department, school } from '../axis/samples.ts';
import { createAxis } from '../axis/server.ts';
import { appendixPage, requestLetter } from '../demo/letters.ts';
import { setUpSchool, units } from '../demo/office.ts';
import { openPki, type DemoPki } from '../demo/pki.ts';
import { DEPARTMENT, SCHOOL } from '../demo/sample.ts';
import { sealPng, signaturePng } from '../fixtures/pdf/images.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { startServices } from '../pki/services/server.ts';
import { heapRow } from './heaps.ts';
import type { Row } from './measure.ts';
import type { MemoryReport } from './memory-child.ts';
import { letterOf } from './office.ts';

const LETTERS = 2_000;
/** What an office computer of 4 GB can spare for a program that is open all day. */
const MOST_MB = 300;
/** What lies in memory a while after the last letter is what lies there all day. */
const REST_MS = 90_000;

const SCAN_BYTES = 400_000;
const KINDS = 25;

/** Letters as a department sends them, signed by its head and sealed: short ones, and every fifth a scan. */
async function letters({ director, department: agency }: DemoPki): Promise<() => Promise<Uint8Array>> {
  const day = localDay(Date.now());
  const drawn: Uint8Array[] = [];
  for (let n = 0; n < KINDS; n++) {
    const letter = await requestLetter(String(n + 1), day);
    drawn.push(n % 5 === 0 ? await letterOf(letter, SCAN_BYTES) : letter);
  }
  const steps = [
    { box: { x: 360, y: 600, width: 120, height: 60 }, image: signaturePng(7), identity: director },
    { box: { x: 300, y: 580, width: 102, height: 102 }, image: sealPng(), identity: agency },
  ];
  const looks = await Promise.all(
    steps.map(({ image, box }) => imageAppearance(image, box.width, box.height)),
  );
  let made = 0;
  return async () => {
    let bytes = drawn[made++ % KINDS]!;
    for (const [n, { box, identity }] of steps.entries()) {
      const request = { target: { kind: 'new' as const, page: 0, box }, appearance: looks[n]! };
      const { tail } = await signDocument(openPdf(memorySource(bytes)), request, softSigner(identity));
      bytes = Buffer.concat([bytes, tail]);
    }
    return bytes;
  };
}

/** What the desk's process holds once it has received, read, judged and asked about thousands of letters. */
export async function memoryRows(folder: string): Promise<Row[]> {
  const [dir, dataDir] = [join(folder, 'memory'), join(folder, 'memory/office')];
  const services = await startServices({
    port: 0,
    authority: async (base) => (await openPki(join(dir, 'pki'), base)).authority,
  });
  const axis = await createAxis({ port: 0, dataDir: join(dir, 'axis') });
  try {
    const pki = await openPki(join(dir, 'pki'));
    for (const unit of units) axis.addUnit(unit);
    const desk = await openDesk({
      dataDir,
      vault: fileVault(join(dir, 'vault.json'), permissionsOnly),
      launchTokenHost: forkHost(),
      log: { info: () => undefined, error: (message) => process.stderr.write(`${message}\n`) },
    });
    await setUpSchool(desk, pki, axis.url, services.urls.tsa);
    await desk.close();
    const nextLetter = await letters(pki);
    const time = await heapRow(dir, nextLetter);
    await deliverAll(axis, nextLetter);
    // It looks at the axis as soon as it is open.
    const child = fork(join(import.meta.dirname, 'memory-child.ts'), [dataDir]);
    await once(child, 'message');
    const before = await reportOf(child);
    await received(dataDir);
    const after = await reportOf(child);
    await setTimeout(REST_MS);
    const atRest = await reportOf(child);
    child.send('close');
    await once(child, 'exit');
    return [row(before, after, atRest), time];
  } finally {
    await axis.close();
    await services.close();
  }
}

async function reportOf(child: ChildProcess): Promise<MemoryReport> {
  child.send('report');
  const [report] = (await once(child, 'message')) as [MemoryReport];
  return report;
}

async function deliverAll(
  axis: Awaited<ReturnType<typeof createAxis>>,
  nextLetter: () => Promise<Uint8Array>,
): Promise<void> {
  const now = Date.now();
  const day = localDay(now);
  const appendix = await appendixPage('Biểu số liệu đầu năm học');
  for (let n = 1; n <= LETTERS; n++) {
    const number = String(n);
    const letter = { ...pdfAttachment, bytes: await nextLetter() };
    const table = { ...pdfAttachment, contentId: crypto.randomUUID(), name: 'Phu luc.pdf', bytes: appendix };
    const message = sampleEdoc({
      from: department,
      to: [school],
      number,
      notation: 'SGDĐT-VP',
      documentId: `H99.05,${day.replaceAll('-', '/')},${number}/SGDĐT-VP`,
      promulgationDate: day,
      subject: `V/v báo cáo số liệu đầu năm học, đợt ${number}`,
      responseFor: [],
      attachments: n % 4 === 0 ? [letter, table] : [letter],
    });
    const bytes = writeEdoc(message, { now, secrecy: '' });
    axis.store.accept({
      kind: 'edoc',
      from: DEPARTMENT.code,
      title: message.subject,
      notation: number,
      sent: new Uint8Array(),
      delivered: bytes,
      receivers: [{ toCode: SCHOOL.code, unitCode: SCHOOL.code }],
    });
  }
}

/** Resolves when the desk has nothing left to do with what has come. */
async function received(dataDir: string): Promise<void> {
  const tables = openForLooking(dataDir);
  const count = tables.prepare('SELECT count(*) FROM incoming').pluck();
  try {
    for (;;) {
      const left = [unverifiedPdfs, unreadPdfs].map((rows) => rows(tables).length);
      left.push(uncheckedPdfs(tables).length);
      if (count.get() === LETTERS && left.every((rows) => rows === 0)) return;
      await setTimeout(2_000);
    }
  } finally {
    tables.close();
  }
}

const mb = (bytes: number) => bytes / 1e6;
const share = ({ resident, threads }: MemoryReport) =>
  `${mb(resident).toFixed(0)} MB: ${threads
    .map(
      ({ name, used, heap, outside }) =>
        `${name} ${mb(used).toFixed(0)} of ${mb(heap).toFixed(0)}, ${mb(outside).toFixed(0)} outside`,
    )
    .join('; ')}`;

const row = (before: MemoryReport, after: MemoryReport, atRest: MemoryReport): Row => ({
  what: `the desk's process at rest after ${LETTERS} received letters`,
  against: `opened ${share(before)}; at the last letter ${share(after)}; at rest ${share(atRest)}`,
  value: mb(atRest.resident),
  unit: 'MB',
  figures: `${mb(before.resident).toFixed(0)} : ${mb(after.resident).toFixed(0)} MB`,
  most: MOST_MB,
});
