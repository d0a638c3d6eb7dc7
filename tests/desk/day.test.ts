import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EdocMessage } from '../../src/main/axis/edxml-model.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import type { Verification } from '../../src/shared/domain/verification.ts';
import { openStore } from '../axis/store.ts';
import { runDay } from '../demo/day.ts';
import { type Demo, startDemo } from '../demo/office.ts';
import { sitDown } from '../demo/person.ts';
import { CLERK, DEPARTMENT, HOME_AFFAIRS, PRINCIPAL, SCHOOL } from '../demo/sample.ts';
import { qpdfComplaints, pdfToText } from '../fixtures/pdf/outside.ts';
import { opensslVerify, pdfsig } from '../pki/readers.ts';
import { journal } from './set-up.ts';
import { needs } from '../needs.ts';
import type { CellsOf, Register } from '../../src/shared/domain/registers.ts';

const folder = mkdtempSync(join(tmpdir(), 'day-'));
const out = (name: string) => join(folder, 'out', name);
const bytes = (name: string) => readFileSync(out(name));
const json = (name: string): unknown => JSON.parse(bytes(name).toString('utf8'));
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const script = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

function cli(...args: string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

interface Day {
  readonly incomingId: string;
  readonly outgoingId: string;
  readonly steps: { step: string; durationMs: number; facts: Record<string, unknown> }[];
}

let demo: Demo;
let day: Day;
const lines: string[] = [];
beforeAll(async () => {
  demo = await startDemo({ dataDir: join(folder, 'data') });
  await runDay(demo, join(folder, 'out'), (line) => lines.push(line));
  day = json('day.json') as Day;
  // A whole working day; how long it takes is the machine's matter.
});
afterAll(async () => {
  await demo.close();
  rmSync(folder, { recursive: true });
});

const factsOf = (name: string) => day.steps.find(({ step }) => step === name)!.facts;

/**
 * The PDF as uploaded, signed, numbered and sealed. What was handed in for the check is not among them: the leader's
 * signature lays its fields out anew from the draft.
 */
function versions(): Buffer[] {
  const files = journal(join(folder, 'data'))
    .filter(({ subject }) => subject === day.outgoingId)
    .flatMap(({ type, data }) => {
      const { attachments, files } = JSON.parse(data) as {
        attachments?: { role: string; file: string }[];
        files?: { position: number; file: string }[];
      };
      if (type === 'outgoing.drafted') return attachments!.find(({ role }) => role === 'main')!.file;
      if (type === 'outgoing.submitted') return [];
      return files?.find(({ position }) => position === 0)?.file ?? [];
    });
  const stored = join(folder, 'data', 'office', 'files');
  return files.map((file) => readFileSync(join(stored, file.slice(0, 2), file.slice(2))));
}

describe('day.json', () => {
  it('has every step of the day with its duration, one line printed for each', () => {
    expect(day.steps.map(({ step }) => step)).toEqual([
      'receive',
      'register',
      'direct',
      'draft',
      'sign offline',
      'number and seal',
      'issue',
      'close',
      'look back',
    ]);
    for (const [n, { step, durationMs }] of day.steps.entries()) {
      expect(Number.isInteger(durationMs) && durationMs > 0, step).toBe(true);
      expect(lines[n]).toContain(step);
    }
    expect(lines).toHaveLength(day.steps.length);
  });

  it('tells what each step came to', () => {
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    expect(day.incomingId).toMatch(uuid);
    expect(day.outgoingId).toMatch(uuid);
    expect(factsOf('receive')).toMatchObject({
      attachments: 3,
      verdict: 'valid',
      official: 'original',
      statuses: ['01'],
    });
    expect(factsOf('register')).toMatchObject({ arrivalNumber: 1, statuses: ['01', '03'] });
    expect(factsOf('direct')).toMatchObject({ statuses: ['01', '03', '04', '05'] });
    expect(factsOf('draft')).toMatchObject({ numberBeforeSignature: 'documents.not-signed', toLookAt: [] });
    // The list fetched for the letter received is still current (TT 15/2025/TT-BKHCN, Phụ lục II).
    expect(factsOf('sign offline')).toMatchObject({ verdict: 'valid', signatures: 1 });
    expect(factsOf('number and seal')).toMatchObject({ code: '01/THPTVD-VP', signatures: 2 });
    expect(factsOf('issue')).toMatchObject({
      waitedOffline: 1,
      official: 'original',
      deliveries: { [DEPARTMENT.code]: 'accepted', [HOME_AFFAIRS.oldCode]: 'accepted' },
    });
    expect(factsOf('close')['statuses']).toEqual(['01', '03', '04', '05', '06']);
    expect(factsOf('look back')).toMatchObject({ incoming: 1, outgoing: 1, rebuilt: 'identical' });
    expect(factsOf('look back')['journal']).toMatch(/^\d+ entries, whole$/);
    expect(factsOf('look back')['files']).toMatch(/ 0 bad$/);
  });
});

describe('outgoing.pdf', () => {
  needs(
    'openssl',
    'pdfsig',
    'qpdf',
  )('bears the signatures of leader and school, valid for pdfsig and openssl', () => {
    expect(pdfsig(out('outgoing.pdf')).validations).toEqual(Array(2).fill('Signature is Valid.'));
    expect(opensslVerify(out('outgoing.pdf'), demo.pki.root)).toBe(2);
    expect(qpdfComplaints(bytes('outgoing.pdf'))).toBe('');
  });

  it('begins with every version it has been, the draft as uploaded first', () => {
    const all = versions();
    const last = bytes('outgoing.pdf');
    expect(all.at(-1)!.equals(last)).toBe(true);
    for (const earlier of all) expect(last.subarray(0, earlier.length).equals(earlier)).toBe(true);
    const signatures = all.map((version) => version.toString('latin1').split('/ByteRange').length - 1);
    expect(signatures).toEqual([0, 1, 1, 2]);
  });

  needs('pdftotext')('shows number and date where the draft left room', () => {
    const text = pdfToText(bytes('outgoing.pdf'), '-layout');
    expect(text).toMatch(/Số:\s*01\s*\/THPTVD-VP/);
    const [, month, date] = String(factsOf('number and seal')['issuedDate']).split('-');
    expect(text).toMatch(
      new RegExp(`ngày\\s+${date}\\s+tháng\\s+${Number(month) < 3 ? month : Number(month)}`),
    );
  });
});

describe('appendix.pdf', () => {
  needs(
    'openssl',
    'pdfsig',
    'pdftotext',
  )('bears the mark of the school as text only, signed', () => {
    const text = pdfToText(bytes('appendix.pdf'), '-layout');
    expect(text).toMatch(/Số: 01\/THPTVD-VP/);
    expect(text).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00/);
    expect(pdfsig(out('appendix.pdf'))).toEqual({ validations: ['Signature is Valid.'], wholeFile: [true] });
    expect(opensslVerify(out('appendix.pdf'), demo.pki.root)).toBe(1);
    const images = execFileSync('pdfimages', ['-list', out('appendix.pdf')], { encoding: 'utf8' });
    expect(images.trim().split('\n')).toHaveLength(2);
  });
});

describe('edXML', () => {
  it.each(['sent.edxml', 'received.edxml'])('%s is well formed, and read by the command line', (name) => {
    expect(XMLValidator.validate(bytes(name).toString('utf8'))).toBe(true);
    expect(cli('edxml', 'read', '--json', out(name))).toMatchObject([
      {
        kind: 'edoc',
        message: { from: { organId: name === 'sent.edxml' ? SCHOOL.code : DEPARTMENT.code } },
        warnings: [],
      },
    ]);
  });

  it('sent.edxml goes to both recipients, one by its old code, with the signed files', () => {
    const message = readEdxml(bytes('sent.edxml')).message as EdocMessage;
    expect(message.to.map(({ organId }) => organId)).toEqual([DEPARTMENT.code, HOME_AFFAIRS.oldCode]);
    expect(message.attachments.map((one) => sha256(one.bytes))).toEqual([
      sha256(bytes('outgoing.pdf')),
      sha256(bytes('appendix.pdf')),
    ]);
    expect(message).toMatchObject({
      from: { organId: SCHOOL.code },
      number: '01',
      notation: 'THPTVD-VP',
      signer: { fullName: PRINCIPAL.name },
      responseFor: [{ organId: DEPARTMENT.code }],
    });
  });

  it('reached each recipient once, whole', () => {
    for (const { documents } of [demo.department, demo.homeAffairs]) {
      expect(documents.map(({ number, notation }) => `${number}/${notation}`)).toEqual(['01/THPTVD-VP']);
      expect(sha256(documents[0]!.attachments[0]!.bytes)).toBe(sha256(bytes('outgoing.pdf')));
    }
  });
});

describe('the letter received', () => {
  it('is byte for byte what the department sent', async () => {
    const axis = openStore(join(folder, 'data', 'axis'), Date.now);
    const { senderDocId } = axis.sent(DEPARTMENT.code, 'edoc')[0]!;
    const letter = readEdxml(axis.submitted(senderDocId, DEPARTMENT.code)!).message as EdocMessage;
    axis.close();
    expect(sha256(bytes('incoming.pdf'))).toBe(sha256(letter.attachments[0]!.bytes));
    const clerk = await sitDown(demo.desk, CLERK.id);
    const { attachments } = await clerk.call('incoming.get', { id: day.incomingId });
    expect(attachments.map((one) => one.sha256)).toEqual(letter.attachments.map((one) => sha256(one.bytes)));
  });
});

describe('trust', () => {
  it('root.pem vouches for what was signed and received; without it nothing is settled', () => {
    const files = ['outgoing.pdf', 'appendix.pdf', 'incoming.pdf'].map(out);
    type Report = { verdict: string; signatures: unknown[] }[];
    const trusted = cli('verify', '--json', '--trust', out('trust/root.pem'), '--', ...files) as Report;
    expect(trusted.map(({ signatures }) => signatures.length)).toEqual([2, 1, 2]);
    expect(trusted.map(({ verdict }) => verdict)).toEqual(['valid-with-changes', 'valid', 'valid']);
    const lists = ['root', 'issuing'].flatMap((name) => ['--crl', out(`trust/${name}.crl`)]);
    const checked = cli('verify', '--json', '--trust', out('trust/root.pem'), ...lists, '--', ...files);
    expect((checked as Verification[]).map(({ verdict }) => verdict)).toEqual([
      'valid-with-changes',
      'valid',
      'valid',
    ]);
    const lights = (checked as Verification[]).flatMap(({ signatures }) =>
      signatures.map((one) => one.lights),
    );
    const good = { signer: 'good', integrity: 'good', validity: 'good' };
    // Number, date and seal came after the leader's signature, as they may.
    expect(lights).toEqual([{ ...good, integrity: 'caution' }, good, good, good, good]);
    const alone = cli('verify', '--json', ...files) as Report;
    expect(alone.map(({ verdict }) => verdict)).toEqual(Array(3).fill('indeterminate'));
  });
});

describe('registers.json', () => {
  it('has the ten columns of the two registers', () => {
    const { incoming, outgoing } = json('registers.json') as {
      [R in Register]: { rows: { id: string; cells: CellsOf<R> }[] };
    };
    const [arrival] = incoming.rows;
    expect(arrival?.id).toBe(day.incomingId);
    expect(Object.keys(arrival!.cells)).toHaveLength(10);
    expect(arrival?.cells).toMatchObject({
      arrivalNumber: 1,
      sender: DEPARTMENT.name,
      code: '345/SGDĐT-VP',
    });
    const [departure] = outgoing.rows;
    expect(departure?.id).toBe(day.outgoingId);
    expect(Object.keys(departure!.cells)).toHaveLength(10);
    expect(departure?.cells.code).toBe('01/THPTVD-VP');
    expect(departure?.cells.recipients).toBe(`${DEPARTMENT.name}; ${HOME_AFFAIRS.name}`);
  });
});
