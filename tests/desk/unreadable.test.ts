/** One thing of the office that cannot be read is told where it is used; the office opens all the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../src/main/desk.ts';
import { fileLog } from '../../src/main/host/log.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { CLERK, PEOPLE, SCHOOL } from '../demo/sample.ts';
import { type PersonAtDesk, sitDown } from '../demo/person.ts';
import { pem } from '../pki/ca.ts';
import { writePkcs12 } from '../pki/pkcs12.ts';
import { makeSamples, PIN, type Desk as Samples } from './signing.ts';

let samples: Samples;
let dir: string;
let desk: Desk;
let clerk: PersonAtDesk;

const vaultFile = () => join(dir, 'vault.json');
const logFolder = () => join(dir, 'log');
const axis = {
  url: 'https://127.0.0.1:9',
  systemId: 'sys.school',
  allowHttp: false,
  intervalMinutes: 60,
  secret: 'of the axis',
};

async function open(): Promise<void> {
  desk = await openDesk({
    dataDir: join(dir, 'office'),
    vault: fileVault(vaultFile(), permissionsOnly),
    launchTokenHost: forkHost(),
    log: fileLog(logFolder()),
  });
}

beforeAll(async () => (samples = await makeSamples()));
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'unreadable-'));
  await open();
  const first = await sitDown(desk, null);
  await first.call('settings.save-office', SCHOOL);
  await first.call(
    'settings.save-person',
    PEOPLE.find(({ id }) => id === CLERK.id)!,
  );
  clerk = await sitDown(desk, CLERK.id);
  await clerk.call('settings.save-axis', axis);
});
afterEach(async () => {
  await desk.close();
  rmSync(dir, { recursive: true });
});

async function reopened(): Promise<void> {
  await desk.close();
  await open();
  clerk = await sitDown(desk, CLERK.id);
}
const stored = (sha256: string) => join(dir, 'office/files', sha256.slice(0, 2), sha256.slice(2));

it('the vault: the exchange says so, Settings open and take the secret anew', async () => {
  writeFileSync(vaultFile(), 'no vault');
  await reopened();
  const state = await clerk.call('exchange.state', {});
  expect(state).toMatchObject({
    configured: true,
    phase: 'halted',
    problem: { code: 'host.vault-unreadable' },
  });
  expect(await clerk.refusal('exchange.sync', {})).toBe('host.vault-unreadable');
  expect((await clerk.call('settings.get', {})).axis.secretSet).toBe(false);
  await clerk.call('settings.save-axis', axis);
  expect((await clerk.call('settings.get', {})).axis.secretSet).toBe(true);
  expect((await clerk.call('exchange.state', {})).problem?.code).not.toBe('host.vault-unreadable');
});

it('the vault, spoiled while the desk is open: Settings still open', async () => {
  writeFileSync(vaultFile(), '{"axis.secret":1}');
  expect((await clerk.call('settings.get', {})).axis.secretSet).toBe(false);
});

it('a key file: its token is not there, the others are', async () => {
  const files = [];
  for (const [name, identity] of [
    ['mất', samples.pki.principal],
    ['còn', samples.pki.school],
  ] as const) {
    const file = await clerk.addFile(`${name}.p12`, writePkcs12(identity, PIN));
    await clerk.call('settings.add-pkcs12', { ...file, name, pin: PIN });
    files.push(file);
  }
  rmSync(stored(files[0]!.sha256));
  await reopened();
  const { tokens } = await clerk.call('signing.tokens', {});
  expect(Object.fromEntries(tokens.map(({ label, present }) => [label, present]))).toEqual({
    mất: false,
    còn: true,
  });
  expect((await clerk.call('settings.get', {})).pkcs12).toHaveLength(2);
});

it('a trusted root certificate: Settings say which, and nothing is trusted because of it', async () => {
  const file = await clerk.addFile('root.pem', Buffer.from(pem('CERTIFICATE', samples.pki.root)));
  await clerk.call('settings.add-roots', file);
  const imported = async () =>
    (await clerk.call('settings.get', {})).roots.filter(({ origin }) => origin === 'imported');
  expect(await imported()).toMatchObject([{ trusted: true, problem: null }]);
  const [root] = await imported();
  rmSync(stored(root!.sha256));
  await reopened();
  expect(await imported()).toMatchObject([{ trusted: false, problem: { code: 'store.file-missing' } }]);
  await clerk.call('settings.remove-root', { sha256: root!.sha256 });
  expect(await imported()).toEqual([]);
});

it('a journal that has lost its end: it is looked into, and nothing covers the loss', async () => {
  await desk.close();
  const office = new Database(join(dir, 'office/office.sqlite'));
  office.exec(`DROP TRIGGER journal_stays;
    DELETE FROM bodies WHERE seq = (SELECT max(seq) FROM journal);
    DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)`);
  const left = office.prepare('SELECT count(*) FROM journal').pluck().get() as number;
  office.close();
  await open();
  clerk = await sitDown(desk, CLERK.id);
  const check = await clerk.call('integrity.check', { taskId: crypto.randomUUID() });
  expect(check.brokenAt).toBe(left + 1);
  expect(await clerk.refusal('settings.save-office', SCHOOL)).toBe('store.journal-broken');
  expect((await clerk.call('integrity.check', { taskId: crypto.randomUUID() })).brokenAt).toBe(left + 1);
});

it('a log that cannot be written: nothing else fails', async () => {
  await desk.close();
  rmSync(logFolder(), { recursive: true, force: true });
  writeFileSync(logFolder(), 'a file where the folder should be');
  await open();
  clerk = await sitDown(desk, CLERK.id);
  expect((await clerk.call('settings.get', {})).office?.name).toBe(SCHOOL.name);
});
