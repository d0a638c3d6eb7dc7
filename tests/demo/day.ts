/** One working day of the sample school without a window, through the calls the screens make. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueCrl, pem } from '../pki/ca.ts';
import type { Result } from '../../src/shared/ipc/index.ts';
import { localDay, localYear } from '../../src/shared/text/dates.ts';
import { appendixPage, replyDraft, replySource } from './letters.ts';
import type { Demo } from './office.ts';
import { type PersonAtDesk, sitDown } from './person.ts';
import { settled } from './settled.ts';
import { CLERK, DEPARTMENT, HOME_AFFAIRS, PRINCIPAL, TEACHER, TOKENS } from './sample.ts';

interface Step {
  readonly step: string;
  readonly durationMs: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

const DAY_MS = 86_400_000;

function need<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`the day expected ${what}`);
  return value;
}

async function signAs(
  person: PersonAtDesk,
  id: string,
  act: 'approve' | 'seal',
  token: { readonly label: string; readonly pin: string },
): Promise<Result<'signing.sign'>> {
  const { tokens } = await person.call('signing.tokens', {});
  const found = need(
    tokens.find(({ label }) => label === token.label),
    `token ${token.label}`,
  );
  const { placements } = await person.call('signing.placements', { id, act });
  return person.call('signing.sign', {
    id,
    act,
    tokenId: found.id,
    certificateSha256: need(found.certificates[0], 'a certificate on the token').sha256,
    pin: token.pin,
    boxes: placements.map(({ box }) => box),
    taskId: crypto.randomUUID(),
  });
}

/**
 * Does the day and leaves in `out`: day.json, outgoing.pdf, appendix.pdf, sent.edxml, received.edxml, incoming.pdf,
 * trust/root.pem, trust/root.crl, trust/issuing.crl, registers.json.
 * @param print gets one line a step
 */
export async function runDay(demo: Demo, out: string, print: (line: string) => void): Promise<void> {
  const { desk, department, homeAffairs } = demo;
  mkdirSync(join(out, 'trust'), { recursive: true });
  const [clerk, principal, teacher] = (await Promise.all(
    [CLERK, PRINCIPAL, TEACHER].map(({ id }) => sitDown(desk, id)),
  )) as [PersonAtDesk, PersonAtDesk, PersonAtDesk];
  const steps: Step[] = [];

  async function step(name: string, work: () => Promise<Record<string, unknown>>): Promise<void> {
    const start = performance.now();
    const facts = await work();
    const durationMs = Math.round(performance.now() - start);
    steps.push({ step: name, durationMs, facts });
    const shown = Object.entries(facts).map(
      ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    print(
      `${String(steps.length).padStart(2)}. ${name.padEnd(16)} ${String(durationMs).padStart(5)} ms  ${shown.join(', ')}`,
    );
  }

  /** Everybody looks at the axis, until what was sent has gone round. */
  async function goRound(): Promise<void> {
    await clerk.call('exchange.sync', {});
    await department.poll();
    await homeAffairs.poll();
    await clerk.call('exchange.sync', {});
  }

  const statusesOf = (documentId: string) =>
    department.statuses
      .filter(({ responseFor }) => responseFor.documentId === documentId)
      .map(({ code }) => code);

  let incomingId = '';
  let requestId = '';
  let outgoingId = '';

  await step('receive', async () => {
    await goRound();
    const { rows } = await clerk.call('incoming.list', { states: ['arrived'] });
    const row = need(rows[0], 'a letter from the department');
    const detail = await settled(() => clerk.call('incoming.get', { id: row.id }));
    incomingId = row.id;
    requestId = detail.documentId;
    const main = need(
      detail.attachments.find(({ role }) => role === 'main'),
      'a main file',
    );
    writeFileSync(join(out, 'incoming.pdf'), readFileSync(await clerk.filePath(main.sha256)));
    writeFileSync(join(out, 'received.edxml'), readFileSync(await clerk.filePath(detail.message)));
    return {
      id: row.id,
      code: detail.code,
      attachments: detail.attachments.length,
      verdict: main.verdict,
      official: detail.official?.verdict,
      statuses: statusesOf(requestId),
    };
  });

  await step('register', async () => {
    const { arrivalNumber, arrivalDate } = await clerk.call('incoming.register', { id: incomingId });
    await goRound();
    return { arrivalNumber, arrivalDate, statuses: statusesOf(requestId) };
  });

  await step('direct', async () => {
    await principal.call('incoming.direct', {
      id: incomingId,
      mainHandlerId: TEACHER.id,
      otherHandlerIds: [CLERK.id],
      dueDate: localDay(Date.now() + 3 * DAY_MS),
      opinion: 'Giao đồng chí chủ trì tổng hợp số liệu, trình ký trước hạn của Sở.',
    });
    await teacher.call('incoming.start', { id: incomingId });
    await goRound();
    return { mainHandler: TEACHER.name, statuses: statusesOf(requestId) };
  });

  await step('draft', async () => {
    const year = localYear(Date.now());
    const [main, source, appendix] = await Promise.all([
      teacher.addFile('Bao cao so lieu.pdf', await replyDraft(year)),
      teacher.addFile('Bao cao so lieu.docx', replySource()),
      teacher.addFile('Phu luc so lieu.pdf', await appendixPage('Số liệu đầu năm học 2026-2027')),
    ]);
    const { id } = await teacher.call('outgoing.create', {
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
      replyToId: incomingId,
    });
    outgoingId = id;
    await teacher.call('outgoing.submit', { id });
    const { checks } = await clerk.call('outgoing.get', { id });
    await clerk.call('outgoing.approve-format', { id });
    const tooEarly = await clerk.refusal('outgoing.number', { id });
    return {
      id,
      checks: `${checks.filter(({ result }) => result === 'pass').length}/${checks.length}`,
      toLookAt: checks
        .filter(({ result }) => result === 'warn' || result === 'block')
        .map(({ rule }) => rule),
      numberBeforeSignature: tooEarly,
    };
  });

  await step('sign offline', async () => {
    await demo.goOffline();
    const { verification } = await signAs(principal, outgoingId, 'approve', TOKENS.principal);
    return {
      signer: PRINCIPAL.name,
      verdict: verification.verdict,
      signatures: verification.signatures.length,
    };
  });

  await step('number and seal', async () => {
    const { code, issuedDate } = await clerk.call('outgoing.number', { id: outgoingId });
    const { verification } = await signAs(clerk, outgoingId, 'seal', TOKENS.agency);
    return { code, issuedDate, verdict: verification.verdict, signatures: verification.signatures.length };
  });

  await step('issue', async () => {
    await clerk.call('outgoing.issue', { id: outgoingId });
    const offline = await clerk.call('exchange.sync', {});
    await demo.goOnline();
    await goRound();
    await goRound();
    const { deliveries, official } = await settled(() => clerk.call('outgoing.get', { id: outgoingId }));
    return {
      waitedOffline: offline.waitingDocuments,
      official: official?.verdict,
      deliveries: Object.fromEntries(deliveries.map(({ recipient, state }) => [recipient.code, state])),
    };
  });

  await step('close', async () => {
    await teacher.call('incoming.close', {
      id: incomingId,
      result: 'Đã báo cáo số liệu với Sở.',
      replyId: outgoingId,
    });
    await goRound();
    return { statuses: statusesOf(requestId) };
  });

  await step('look back', async () => {
    const today = localDay(Date.now());
    const period = { from: `${today.slice(0, 4)}-01-01`, to: today };
    const books = {
      incoming: await clerk.call('register.book', { book: 'incoming', ...period }),
      outgoing: await clerk.call('register.book', { book: 'outgoing', ...period }),
    };
    writeFileSync(join(out, 'registers.json'), JSON.stringify(books, null, 2));
    const history = await clerk.call('history.of', { id: outgoingId });
    const integrity = await clerk.call('integrity.check', { taskId: crypto.randomUUID() });
    const rebuilt = await clerk.call('integrity.rebuild', { taskId: crypto.randomUUID() });
    const found = await clerk.call('search.find', { text: 'so lieu dau nam hoc' });
    return {
      incoming: books.incoming.rows.length,
      outgoing: books.outgoing.rows.length,
      history: history.entries.length,
      journal:
        integrity.brokenAt === null
          ? `${integrity.journalEntries} entries, whole`
          : `broken at ${integrity.brokenAt}`,
      files: `${integrity.files} checked, ${integrity.missing.length + integrity.damaged.length} bad`,
      rebuilt: rebuilt.identical ? 'identical' : 'different',
      searchHits: found.total,
    };
  });

  const { attachments } = await clerk.call('outgoing.get', { id: outgoingId });
  for (const [role, name] of [
    ['main', 'outgoing.pdf'],
    ['appendix', 'appendix.pdf'],
    ['message', 'sent.edxml'],
  ] as const) {
    const file = need(
      attachments.find((attachment) => attachment.role === role),
      `a file of role ${role}`,
    );
    writeFileSync(join(out, name), readFileSync(await clerk.filePath(file.sha256)));
  }
  writeFileSync(join(out, 'trust', 'root.pem'), pem('CERTIFICATE', demo.pki.root));
  const { root, issuing } = demo.pki.authority;
  for (const [name, authority] of Object.entries({ root, issuing }))
    writeFileSync(join(out, 'trust', `${name}.crl`), issueCrl(authority));
  writeFileSync(join(out, 'day.json'), JSON.stringify({ incomingId, outgoingId, steps }, null, 2));
}
