import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import fontkit from '@pdf-lib/fontkit';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDesk } from '../../src/main/desk.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import { infoAppearance } from '../../src/main/paper/info-appearance.ts';
import { tinos } from '../../src/main/pdf/font.ts';
import { signPdf } from '../../src/main/signature/sign.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import type { Argument, CallName } from '../../src/shared/ipc/index.ts';
import { replyDraft } from '../demo/letters.ts';
import { PRINCIPAL, TOKENS } from '../demo/sample.ts';
import { settled } from '../demo/settled.ts';
import { qpdf } from '../fixtures/pdf/outside.ts';
import { needs } from '../needs.ts';
import { issue, type Identity } from '../pki/ca.ts';
import { writePkcs12 } from '../pki/pkcs12.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { createFaultyToken, type FaultyToken } from '../token/faulty-token.ts';
import {
  type Ask,
  changes,
  documentIn,
  type DraftFields,
  draftFields,
  expectClear,
  expectWhole,
  type Office,
  openOffice,
  signing,
} from './set-up.ts';

const PIN = '24681357';
const DEVICE = 'Token lỗi';
/** Long enough for a good signature on a busy machine. */
const SIGN_LIMIT_MS = 3_000;

let office: Office;
let ask: Record<'principal' | 'teacher', Ask>;
beforeAll(async () => {
  office = await openOffice({ tokenTimeouts: { sign: SIGN_LIMIT_MS } });
  ask = { principal: office.principal.answer, teacher: office.teacher.answer };
  await office.goRound();
});
afterAll(async () => {
  await expectWhole(office.clerk);
  await office.close();
});

/** The desk refuses with exactly this code, in clear words, and the records stand as they stood. */
async function refuses<N extends CallName>(
  who: Ask,
  name: N,
  argument: Argument<N>,
  code: string,
): Promise<void> {
  const before = changes(office.dataDir);
  const answer = await who(name, argument);
  if (answer.ok) return expect.fail(`${name} was expected to give ${code}`);
  expect(answer.code).toBe(code);
  expectClear(answer);
  expect(changes(office.dataDir)).toEqual(before);
}

const truncated = async () => (await replyDraft(2026)).subarray(0, 6000);
const encrypted = async () => qpdf(await replyDraft(2026), '--encrypt', 'user', 'owner', '256', '--');

async function certified(): Promise<Uint8Array> {
  const folder = office.dataDir;
  writeFileSync(join(folder, 'open.pdf'), await replyDraft(2026));
  await signPdf({
    input: join(folder, 'open.pdf'),
    output: join(folder, 'certified.pdf'),
    request: {
      target: { kind: 'new', page: 0, box: { x: 20, y: 20, width: 90, height: 30 } },
      appearance: await infoAppearance(['Đã chứng nhận']),
      docMdp: 1,
    },
    signer: softSigner(office.demo.pki.principal),
  });
  return readFileSync(join(folder, 'certified.pdf'));
}

async function stamped(word: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(await replyDraft(2026));
  pdf.registerFontkit(fontkit);
  const font = await pdf.embedFont(tinos('bold'), { subset: true });
  pdf.getPage(0).drawText(word, { x: 90, y: 640, size: 14, font });
  return pdf.save({ useObjectStreams: false });
}

describe('a draft', () => {
  type Bad = readonly [what: string, code: string, bytes: () => Uint8Array | Promise<Uint8Array>];
  const bad: readonly Bad[] = [
    ['truncated', 'pdf.truncated', truncated],
    // Nothing may follow its signature, and number and seal have to.
    ['certified "no changes"', 'pdf.certified-no-changes', certified],
    ['stamped MẬT', 'documents.secret', () => stamped('MẬT')],
  ];

  async function canBeReplaced(...[, code, bytes]: Bad): Promise<void> {
    const { teacher, clerk } = office;
    const fields = await draftFields(teacher);
    const main = await teacher.addFile('van-ban.pdf', await bytes());
    const { id } = await teacher.call('outgoing.create', { ...fields, main });
    const before = await clerk.call('outgoing.get', { id });
    await refuses(ask.teacher, 'outgoing.submit', { id }, code);
    const after = await clerk.call('outgoing.get', { id });
    // What the file's signatures say is learned in the background.
    const learned = { attachments: [], official: null, pending: [] };
    expect({ ...after, ...learned }).toEqual({ ...before, ...learned });
    expect(after.attachments.map(({ sha256 }) => sha256)).toEqual(
      before.attachments.map(({ sha256 }) => sha256),
    );
    await teacher.call('outgoing.update', { id, ...fields });
    await teacher.call('outgoing.submit', { id });
    expect((await clerk.call('outgoing.get', { id })).state).toBe('checking');
  }

  it.each(bad)('%s gives %s and can be replaced', canBeReplaced);
  const locked: Bad = ['encrypted without password', 'documents.draft-locked', encrypted];
  needs('qpdf').each([locked])('%s gives %s and can be replaced', canBeReplaced);

  it('that is no PDF, or is named secret, is not begun', async () => {
    const { teacher } = office;
    const fields = await draftFields(teacher);
    const main = await teacher.addFile('van-ban.pdf', Buffer.from('PK\u0003\u0004 Word'));
    const wrong: [Partial<DraftFields>, string][] = [
      [{ main }, 'documents.not-pdf'],
      [{ subject: '(MẬT) V/v phương án bảo vệ kỳ thi' }, 'documents.secret'],
    ];
    for (const [change, code] of wrong)
      await refuses(ask.teacher, 'outgoing.create', { ...fields, ...change }, code);
    expect(await teacher.call('outgoing.create', fields)).toHaveProperty('id');
  });
});

describe('signing', () => {
  let device: FaultyToken;
  let id: string;
  let other: Identity;
  let expired: Identity;
  beforeAll(async () => {
    const self = (cn: string, notBefore: number, notAfter: number) =>
      issue(null, {
        profile: 'signer',
        subject: [
          ['C', 'VN'],
          ['CN', cn],
        ],
        notBefore,
        notAfter,
      });
    const day = 86_400_000;
    [other, expired] = await Promise.all([
      self('Vũ Thị Thử', Date.now() - day, Date.now() + day),
      self(PRINCIPAL.name, Date.now() - 9 * day, Date.now() - day),
    ]);
    device = await createFaultyToken({
      label: DEVICE,
      pin: PIN,
      identities: [office.demo.pki.principal],
      certificates: office.demo.pki.principal.chain,
    });
    // The desk starts the token's process with its own environment.
    for (const name of Object.keys(device.env)) vi.stubEnv(name, device.env[name]);
    await office.clerk.call('settings.add-module', { path: device.module });
    id = await documentIn('to-sign', office);
  });
  afterEach(async () => {
    await device.faults();
    await device.wrongPins(0);
    expect((await office.clerk.call('outgoing.get', { id })).state).toBe('to-sign');
  });
  afterAll(async () => {
    await office.clerk.call('settings.remove-module', { path: device.module });
    vi.unstubAllEnvs();
    await device.remove();
  });

  const withDevice = (pin = PIN) => signing(office.principal, id, 'approve', { label: DEVICE, pin });

  it.each([
    ['a wrong PIN', '11111111', 'token.wrong-pin-low'],
    ['a short PIN', '123', 'token.pin-length'],
  ])('with %s', async (_, pin, code) => {
    const argument = await withDevice(pin);
    await device.faults('pin-counter');
    await refuses(ask.principal, 'signing.sign', argument, code);
  });

  it('with a locked PIN, which is not asked again', async () => {
    await device.faults('pin-counter');
    await device.wrongPins(3);
    await device.logins();
    await refuses(ask.principal, 'signing.sign', await withDevice(), 'token.pin-locked');
    expect(await device.logins()).toEqual([]);
  });

  it('with the wrong PIN of a file', async () => {
    const argument = await signing(office.principal, id, 'approve', { ...TOKENS.principal, pin: 'sai' });
    await refuses(ask.principal, 'signing.sign', argument, 'token.wrong-pin');
  });

  it.each([
    ['the token is pulled out', ['removed', 'C_Sign=0x32'], 'token.not-found'],
    ['the token is pulled out mid-signature', ['C_Sign=0x32'], 'token.removed'],
    ['its DLL crashes', ['C_Sign=crash'], 'token.module-crashed'],
  ] as const)('when %s', async (_, faults, code) => {
    const argument = await withDevice();
    await device.faults(...faults);
    await refuses(ask.principal, 'signing.sign', argument, code);
  });

  it('when its DLL hangs, after the time a signature may take', async () => {
    const argument = await withDevice();
    await device.faults('C_Sign=hang');
    await refuses(ask.principal, 'signing.sign', argument, 'token.module-hung');
  });

  it.each([
    ['expired', () => expired, 'token.certificate-expired'],
    ['of another person', () => other, 'documents.not-your-certificate'],
  ])('with a certificate %s', async (label, identity, code) => {
    const file = await office.clerk.addFile(label, writePkcs12(identity(), PIN));
    await office.clerk.call('settings.add-pkcs12', { ...file, pin: PIN });
    const argument = await signing(office.principal, id, 'approve', { label, pin: PIN });
    const certificateSha256 = createHash('sha256').update(identity().certificate).digest('hex');
    await refuses(ask.principal, 'signing.sign', { ...argument, certificateSha256 }, code);
    await office.clerk.call('settings.remove-pkcs12', { sha256: file.sha256 });
  });

  it('succeeds after all of that', async () => {
    const fresh = await documentIn('to-sign', office);
    const argument = await signing(office.principal, fresh, 'approve', { label: DEVICE, pin: PIN });
    await office.principal.call('signing.sign', argument);
    const { attachments } = await settled(() => office.clerk.call('outgoing.get', { id: fresh }));
    expect(attachments.find(({ role }) => role === 'main')?.verdict).toBe('valid');
  });
});

it('a second instance on the same data is kept out, and the first goes on', async () => {
  const before = changes(office.dataDir);
  const second = openDesk({
    dataDir: join(office.dataDir, 'office'),
    vault: fileVault(join(office.dataDir, 'vault.json'), permissionsOnly),
    launchTokenHost: forkHost(),
    log: { info: () => {}, error: () => {} },
  });
  const error = (await second.catch((error: unknown) => error)) as {
    code: string;
    params: Record<string, string>;
  };
  expect(error.code).toBe('store.already-open');
  expectClear(error);
  expect(changes(office.dataDir)).toEqual(before);
  await expect(documentIn('draft', office)).resolves.toMatch(/-/);
});

it('no file of the office and no log holds a PIN', () => {
  const files = readdirSync(office.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const holds = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => [PIN, '11111111'].some((pin) => readFileSync(path).includes(pin)));
  expect(files.length).toBeGreaterThan(20);
  expect(holds).toEqual([]);
});
