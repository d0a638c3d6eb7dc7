import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, startScript } from '../store/child.ts';
import { EMPTY_ORGANIZATION } from '../../src/main/axis/edxml-model.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc, writeStatus } from '../../src/main/axis/edxml-write.ts';
import { createExchange } from '../../src/main/axis/exchange.ts';
import type { AxisTransport } from '../../src/main/axis/transport.ts';
import { vxpTransport } from '../../src/main/axis/vxp.ts';
import { department, sampleEdoc, sampleStatus, school } from './samples.ts';
import { createAxis } from './server.ts';
import type { ReferenceAxis } from './server.ts';
import { openTestOffice } from './test-office.ts';

const never = new AbortController().signal;
const schoolUnit = { code: 'H99.05.021', name: school.name, systemId: 'sys.school', secret: 'a' };
const departmentUnit = { code: 'H99.05', name: department.name, systemId: 'sys.department', secret: 'b' };
const otherUnit = {
  code: 'H99.07',
  oldCode: '000.00.07.H99',
  name: 'Sở Nội vụ',
  systemId: 'sys.7',
  secret: 'c',
};
const theirId = 'H99.05,2025/10/01,345/SGDĐT-VP';

let folder: string;
let axis: ReferenceAxis;
let ours: AxisTransport;
let theirs: AxisTransport;
let clock: number;
const now = () => clock;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'));
  clock = Date.now();
  axis = await createAxis({ port: 0, dataDir: join(folder, 'axis'), now });
  for (const unit of [schoolUnit, departmentUnit, otherUnit]) axis.addUnit(unit);
  ours = vxpTransport({ url: axis.url, allowHttp: true, ...schoolUnit, now });
  theirs = vxpTransport({ url: axis.url, allowHttp: true, ...departmentUnit });
});

afterEach(async () => {
  await axis.close();
  rmSync(folder, { recursive: true });
});

/**
 * The machine dies at call number `step` of the exchange into office or axis, just before or just after the call
 * takes effect; every later call dies too, as nobody is there to make it.
 */
function dyingAt(step: number, moment: 'before' | 'after') {
  let calls = 0;
  let dead = false;
  const die = (name: string) => {
    dead = true;
    throw new Error(`died ${moment} ${name}`);
  };
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name, receiver) {
        const method: unknown = Reflect.get(object, name, receiver);
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) => {
          calls += 1;
          const last = calls === step;
          if (dead || (last && moment === 'before')) die(String(name));
          const result: unknown = Reflect.apply(method, object, given);
          if (!last) return result;
          dead = true;
          return result instanceof Promise ? result.then(() => die(String(name))) : die(String(name));
        };
      },
    });
  return { wrap, reached: () => dead, calls: () => calls };
}

async function run(step: number, moment: 'before' | 'after'): Promise<boolean> {
  const death = dyingAt(step, moment);
  const office = openTestOffice(folder, school, now);
  office.issue(sampleEdoc());
  const exchange = createExchange({
    office: death.wrap(office.port),
    transport: death.wrap(ours),
    intervalMs: 1000,
    now,
    log: () => '',
  });
  await exchange.syncNow();
  office.close();
  return death.reached();
}

/** Starts again after the crash, twice, once the axis has had time to settle. */
async function restart() {
  const office = openTestOffice(folder, school, now);
  const exchange = createExchange({
    office: office.port,
    transport: ours,
    intervalMs: 1000,
    now,
    log: () => '',
  });
  for (let i = 0; i < 2; i += 1) {
    clock += 2 * 60_000;
    await exchange.syncNow();
  }
  const result = {
    problem: exchange.state().problem,
    documents: office.documents().length,
    inbox: office
      .inbox()
      .map(({ kind, state }) => `${kind} ${state}`)
      .sort(),
    outbox: office
      .outbox()
      .map(({ kind, state }) => `${kind} ${state}`)
      .sort(),
    states: office.states(),
    orphans: office.orphans(),
  };
  office.close();
  return result;
}

/** What waits at the axis for each of the two, and what the other unit got. */
async function atTheAxis() {
  const statuses = await theirs.listIncoming('status', never);
  const bytes = await Promise.all(statuses.map(({ axisDocId }) => theirs.fetch(axisDocId, never)));
  return {
    documentsForDepartment: (await theirs.listIncoming('edoc', never)).length,
    documentsForOther: axis.store.waiting('H99.07', 'edoc', false).length,
    statusesForDepartment: bytes.map((bytes) => {
      const { message } = readEdxml(bytes, 'status');
      return message.kind === 'status' ? `${message.code} ${message.responseFor.documentId}` : '?';
    }),
    waitingForSchool: [
      ...axis.store.waiting('H99.05.021', 'edoc', false),
      ...axis.store.waiting('H99.05.021', 'status', false),
    ].length,
  };
}

/** The department has sent a document, and reports on the one the school is about to send. */
async function departmentActs(): Promise<void> {
  const message = sampleEdoc({
    from: department,
    to: [{ ...EMPTY_ORGANIZATION, organId: 'H99.05.021', name: school.name }],
    documentId: theirId,
    trace: [{ organId: 'H99.05', at: clock }],
  });
  const to = ['H99.05.021'];
  await theirs.send(
    { kind: 'edoc', bytes: writeEdoc(message, { now: clock, secrecy: '' }), from: 'H99.05', to },
    never,
  );
  await theirs.send({ kind: 'status', bytes: writeStatus(sampleStatus()), from: 'H99.05', to }, never);
}

const expectedOffice = {
  problem: null,
  documents: 1,
  inbox: ['edoc recorded', 'status recorded'],
  outbox: ['edoc sent', 'status sent'],
  states: ['accepted', 'sent'],
  orphans: 0,
};
const expectedAxis = {
  documentsForDepartment: 1,
  documentsForOther: 1,
  statusesForDepartment: [`01 ${theirId}`],
  waitingForSchool: 0,
};

function forget(): void {
  axis.store.clear();
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `office.sqlite${suffix}`), { force: true });
}

describe.each(['before', 'after'] as const)('dying %s any call of a pass', (moment) => {
  it('loses nothing, doubles nothing, skips nothing', async () => {
    let step = 1;
    for (;;) {
      await departmentActs();
      const died = await run(step, moment);
      const label = `${moment} call ${step}`;
      expect(await restart(), label).toEqual(expectedOffice);
      expect(await atTheAxis(), label).toEqual(expectedAxis);
      if (!died) break;
      step += 1;
      forget();
    }
    expect(step).toBeGreaterThan(25);
  });
});

it('killed for real (SIGKILL) in the middle of a pass, it goes on the same way', async () => {
  const child = fileURLToPath(new URL('kill-child.ts', import.meta.url));
  for (const step of [5, 10, 12, 16, 20]) {
    await departmentActs();
    const office = openTestOffice(folder, school, now);
    office.issue(sampleEdoc());
    office.close();
    const end = await finished(startScript(child, [axis.url, folder, String(step)]));
    expect(end, `call ${step}`).toMatchObject({ isKilled: true });
    expect(await restart(), `call ${step}`).toEqual(expectedOffice);
    expect(await atTheAxis(), `call ${step}`).toEqual(expectedAxis);
    forget();
  }
});
