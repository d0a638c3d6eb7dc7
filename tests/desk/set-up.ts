/** The sample offices on real parts, for tests that cross rooms: desk, axis over HTTP, tokens, two other agencies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { HostedDesk } from '../../src/main/host/desk-port.ts';
import { errorSentence, isErrorCode } from '../../src/shared/errors/index.ts';
import type { Answer, Argument, CallName, Result } from '../../src/shared/ipc/index.ts';
import type { Problem } from '../../src/shared/ipc/call.ts';
import type { Faults } from '../axis/faults.ts';
import { type AxisStore, openStore as openAxisStore } from '../axis/store.ts';
import { appendixPage, replyDraft, replySource } from '../demo/letters.ts';
import { type Demo, type DemoOptions, startDemo } from '../demo/office.ts';
import { askText } from '../http.ts';
import { type PersonAtDesk, sitDown } from '../demo/person.ts';
import { CLERK, DEPARTMENT, HOME_AFFAIRS, PRINCIPAL, SCHOOL, TEACHER, TOKENS } from '../demo/sample.ts';

export interface Office {
  readonly demo: Demo;
  readonly dataDir: string;
  readonly clerk: PersonAtDesk;
  readonly principal: PersonAtDesk;
  readonly teacher: PersonAtDesk;
  /** What the axis keeps, read and written from outside its server. */
  readonly axis: AxisStore;
  faults(changes: Partial<Faults>): Promise<void>;
  /** Everybody looks at the axis, twice, until what was sent has gone round. */
  goRound(): Promise<void>;
  close(): Promise<void>;
}

export async function openOffice(options: Omit<DemoOptions, 'dataDir'> = {}): Promise<Office> {
  const dataDir = mkdtempSync(join(tmpdir(), 'office-'));
  const demo = await startDemo({ dataDir, ...options });
  const { desk, department, homeAffairs } = demo;
  const [clerk, principal, teacher] = await Promise.all([
    sitDown(desk, CLERK.id),
    sitDown(desk, PRINCIPAL.id),
    sitDown(desk, TEACHER.id),
  ]);
  const { axis: settings } = await clerk.call('settings.get', {});
  const axis = openAxisStore(join(dataDir, 'axis'), Date.now);
  return {
    demo,
    dataDir,
    clerk,
    principal,
    teacher,
    axis,
    faults: async (changes) => {
      const { origin } = new URL(settings.url);
      await askText(`${origin}/admin/faults`, { method: 'POST', body: JSON.stringify(changes) });
    },
    goRound: async () => {
      for (let round = 0; round < 2; round += 1) {
        await clerk.call('exchange.sync', {});
        await department.poll();
        await homeAffairs.poll();
      }
      await clerk.call('exchange.sync', {});
    },
    close: async () => {
      axis.close();
      await demo.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export type DraftFields = Argument<'outgoing.create'>;

const drawn = {
  main: replyDraft(2026),
  source: Promise.resolve(replySource()),
  appendix: appendixPage('Số liệu đầu năm học'),
};

/** The fields of a reply as the teacher fills them in. */
export async function draftFields(
  person: PersonAtDesk,
  changes: Partial<DraftFields> = {},
): Promise<DraftFields> {
  const [main, source, appendix] = await Promise.all([
    person.addFile('Bao cao.pdf', await drawn.main),
    person.addFile('Bao cao.docx', await drawn.source),
    person.addFile('Phu luc.pdf', await drawn.appendix),
  ]);
  return {
    kindId: 'CV',
    subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
    unit: 'VP',
    urgency: 'normal',
    dueDate: null,
    signerId: PRINCIPAL.id,
    main,
    source,
    appendices: [appendix],
    recipients: [
      { code: DEPARTMENT.code, name: DEPARTMENT.name },
      { code: HOME_AFFAIRS.oldCode, name: HOME_AFFAIRS.name },
    ],
    replyToId: null,
    ...changes,
  };
}

const states = ['draft', 'to-sign', 'signed', 'numbered', 'sealed', 'issued'] as const;

/** Takes a new document of the teacher's as far as `state`, by the calls of those whose work each step is. */
export async function documentIn(
  state: (typeof states)[number],
  { clerk, principal, teacher }: Pick<Office, 'clerk' | 'principal' | 'teacher'>,
  changes: Partial<DraftFields> = {},
): Promise<string> {
  const { id } = await teacher.call('outgoing.create', await draftFields(teacher, changes));
  const steps: Record<(typeof states)[number], () => Promise<unknown>> = {
    draft: () => Promise.resolve(),
    'to-sign': async () => {
      await teacher.call('outgoing.submit', { id });
      await clerk.call('outgoing.approve-format', { id });
    },
    signed: async () =>
      principal.call('signing.sign', await signing(principal, id, 'approve', TOKENS.principal)),
    numbered: () => clerk.call('outgoing.number', { id }),
    sealed: async () => clerk.call('signing.sign', await signing(clerk, id, 'seal', TOKENS.agency)),
    issued: () => clerk.call('outgoing.issue', { id }),
  };
  for (const step of states.slice(0, states.indexOf(state) + 1)) await steps[step]();
  return id;
}

interface TokenChoice {
  readonly label: string;
  readonly pin: string;
}

/** What the signing screen asks for: the token by its label, its certificate, the places proposed. */
export async function signing(
  person: PersonAtDesk,
  id: string,
  act: 'approve' | 'seal',
  token: TokenChoice,
): Promise<Argument<'signing.sign'>> {
  const { placements } = await person.call('signing.placements', { id, act });
  return { id, act, boxes: placements.map(({ box }) => box), ...(await loginOf(person, token)) };
}

/** The login as the PIN dialog makes it. */
export async function loginOf(person: PersonAtDesk, { label, pin }: TokenChoice) {
  const { tokens, problems } = await person.call('signing.tokens', {});
  const token = tokens.find((one) => one.label === label);
  if (!token) throw new Error(`no token ${label}: ${JSON.stringify(problems)}`);
  return {
    tokenId: token.id,
    certificateSha256: token.certificates[0]?.sha256 ?? '0'.repeat(64),
    pin,
    taskId: crypto.randomUUID(),
  };
}

/** The answer of the desk as it crosses the border, refusals included. */
export type Ask = <N extends CallName>(name: N, argument: Argument<N>) => Promise<Answer>;

export async function asking(desk: HostedDesk, personId: string | null): Promise<Ask> {
  const session = { id: crypto.randomUUID(), host: 'browser' as const };
  if (personId !== null) await desk.call('session.sit', { personId }, session);
  return (name, argument) => desk.call(name, argument, session);
}

/** A code has one full sentence in each language, nothing of it left unfilled. */
export function expectClear({ code, params }: Problem): void {
  if (!isErrorCode(code)) throw new Error(`${code} is in no catalogue`);
  for (const language of ['vi', 'en'] as const)
    expect(errorSentence(code, params, language), code).toMatch(/^[^{}…]+[.]$/);
}

/** The journal of an office that runs and then that of its PC, by another connection. */
export function journal(
  dataDir: string,
  office = 'office',
): { seq: number; type: string; subject: string; data: string }[] {
  const tables = new Database(join(dataDir, office, 'office.sqlite'), { readonly: true });
  try {
    const entriesOf = (bodies: string) =>
      tables
        .prepare(
          `SELECT seq, body ->> '$.type' AS type, subject, body -> '$.data' AS data FROM ${bodies} ORDER BY seq`,
        )
        .all() as ReturnType<typeof journal>;
    return [...entriesOf('bodies'), ...entriesOf('local_bodies')];
  } finally {
    tables.close();
  }
}

/** What the desk notes by itself while nobody acts: texts read, signatures judged and proved, refusals. */
const ownNotes = new Set([
  'file.evidence',
  'proof.assessed',
  'proof.added',
  'clock.trusted',
  'file.read',
  'file.verified',
  'access.denied',
  'person.sat-down',
  'incoming.opened',
]);

/** Every entry that says that somebody or the axis changed something. */
export const changes = (dataDir: string): string[] =>
  journal(dataDir)
    .filter(({ type }) => !ownNotes.has(type))
    .map(({ seq, type, subject }) => `${seq} ${type} ${subject}`);

/** Journal, files and tables all agree. */
export async function expectWhole(person: PersonAtDesk): Promise<void> {
  const taskId = crypto.randomUUID();
  expect(await person.call('integrity.check', { taskId })).toMatchObject({
    brokenAt: null,
    missing: [],
    damaged: [],
  });
  expect(await person.call('integrity.rebuild', { taskId })).toMatchObject({ identical: true });
}

/** Bytes of a letter put into the school's queue on the axis as no honest sender could. */
export function deliver(
  axis: AxisStore,
  bytes: Uint8Array,
  {
    kind = 'edoc',
    title = 'V/v thử',
    notation = '1/THU',
  }: Partial<Record<'title' | 'notation', string>> & {
    readonly kind?: 'edoc' | 'status';
  } = {},
): void {
  const receivers = [{ toCode: SCHOOL.code, unitCode: SCHOOL.code }];
  axis.accept({ kind, from: DEPARTMENT.code, title, notation, sent: bytes, delivered: bytes, receivers });
}

export const fileOf = (detail: Result<'outgoing.get'> | Result<'incoming.get'>, role: string): string =>
  detail.attachments.find((one) => one.role === role)!.sha256;
