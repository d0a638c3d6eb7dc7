import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TOKENS } from '../demo/sample.ts';
import { writePkcs12 } from '../pki/pkcs12.ts';
import { createFaultyToken, type FaultyToken } from '../token/faulty-token.ts';
import { documentIn, loginOf, type Office, openOffice, signing } from './set-up.ts';

/** PINs that stand nowhere else, so that every trace of one is found. */
const RIGHT = 'Dung-4f1c93e07ab2';
const WRONG = 'Sai-91b7d2e05c64';
const FILE = 'Tep-2c8e6f4a1d90';
const DEVICE = 'Token riêng';

let office: Office;
let device: FaultyToken;
/** Everything the desk has said to its windows: answers and events. */
const said: unknown[] = [];
const printed: string[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      printed.push(String(chunk));
      return write(chunk);
    });
  }
  office = await openOffice();
  const { desk } = office.demo;
  desk.on((event) => said.push(event));
  const call = desk.call.bind(desk);
  vi.spyOn(desk, 'call').mockImplementation(async (...args) => {
    const answer = await call(...args);
    said.push(answer);
    return answer;
  });
  device = await createFaultyToken({
    label: DEVICE,
    pin: RIGHT,
    identities: [office.demo.pki.principal],
    certificates: office.demo.pki.principal.chain,
  });
  // The desk starts the token's process with its own environment.
  for (const name of Object.keys(device.env)) vi.stubEnv(name, device.env[name]);
  await office.clerk.call('settings.add-module', { path: device.module });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await office.close();
  await device.remove();
});

/** As text, as Windows keeps text, and as bytes are written in JSON, logs and mail. */
const traces = (pin: string): Buffer[] => {
  const bytes = Buffer.from(pin);
  return [bytes, Buffer.from(pin, 'utf16le'), Buffer.from(bytes.toString('hex'))].concat(
    // Base64 looks different at each of its three alignments; the middle of each is the PIN's own.
    [0, 1, 2].map((pad) =>
      Buffer.from(
        Buffer.concat([Buffer.alloc(pad), bytes])
          .toString('base64')
          .slice(4, -4),
      ),
    ),
  );
};
const holdsPin = (bytes: Buffer): boolean =>
  [RIGHT, WRONG, FILE].flatMap(traces).some((trace) => bytes.includes(trace));

it('a PIN, right or wrong, stands in no file, answer, event or line that is printed', async () => {
  const id = await documentIn('to-sign', office);
  const sign = async (pin: string) =>
    office.principal.answer(
      'signing.sign',
      await signing(office.principal, id, 'approve', { label: DEVICE, pin }),
    );
  const codes: string[] = [];
  const tries: [pin: string, ...faults: string[]][] = [
    [WRONG],
    [RIGHT, 'C_Login=0x5'],
    [RIGHT, 'C_Sign=crash'],
    [RIGHT, 'always-authenticate', 'C_Sign=0x30'],
    [RIGHT],
  ];
  for (const [pin, ...faults] of tries) {
    await device.faults(...faults);
    const answer = await sign(pin);
    codes.push(answer.ok ? 'signed' : answer.code);
  }
  expect(codes).toEqual([
    'token.wrong-pin-low',
    'token.function-failed',
    'token.module-crashed',
    'token.device-error',
    'signed',
  ]);

  const { tokenId } = await loginOf(office.principal, { label: DEVICE, pin: RIGHT });
  await office.principal.call('signing.learn', { tokenId, pin: RIGHT });
  expect(await office.principal.refusal('signing.learn', { tokenId, pin: WRONG })).toBe(
    'token.wrong-pin-low',
  );

  const file = await office.clerk.addFile('rieng.p12', writePkcs12(office.demo.pki.principal, FILE));
  expect(await office.clerk.refusal('settings.add-pkcs12', { ...file, pin: WRONG })).toBe('token.wrong-pin');
  await office.clerk.call('settings.add-pkcs12', { ...file, pin: FILE });
  const again = await documentIn('to-sign', office);
  const key = { label: 'rieng.p12', pin: FILE };
  await office.principal.call('signing.sign', await signing(office.principal, again, 'approve', key));
  await documentIn('sealed', office);

  const files = readdirSync(office.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((path) => holdsPin(readFileSync(path)))).toEqual([]);
  expect(said.length).toBeGreaterThan(30);
  expect(
    said.filter((one) => holdsPin(Buffer.from(inspect(one, { depth: 20, maxArrayLength: null })))),
  ).toEqual([]);
  expect(holdsPin(Buffer.from(printed.join('')))).toBe(false);
});

it('the search would find one', () => {
  const bytes = Buffer.from(`xx${WRONG}yy`);
  for (const held of [bytes, Buffer.from(bytes.toString('base64')), Buffer.from(bytes.toString('hex'))])
    expect(holdsPin(held)).toBe(true);
  expect(holdsPin(Buffer.from(TOKENS.principal.pin))).toBe(false);
});
