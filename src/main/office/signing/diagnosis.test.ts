import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CLERK, PRINCIPAL, SCHOOL } from '../../../../tests/demo/sample.ts';
import { openSchool, type School } from '../../../../tests/desk/school.ts';
import { createOfficePki, type OfficePki } from '../../../../tests/pki/office.ts';
import { createSoftHsm, type SoftHsm } from '../../../../tests/pki/softhsm.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { forkHost } from '../../token/launch.ts';
import { diagnose } from './diagnosis.ts';
import { addModule, addRoots } from '../settings/settings.ts';
import { keepTokens, type TokenKeeper } from './token-keeper.ts';
import { needs } from '../../../../tests/needs.ts';

needs('softhsm2-util');

const DAY = 86_400_000;
let pki: OfficePki;
let hsm: SoftHsm;
let school: School;
let keeper: TokenKeeper;
let path: string;

beforeAll(async () => {
  pki = await createOfficePki({
    agency: SCHOOL.name,
    superior: 'SỞ VÍ DỤ',
    province: 'Ví Dụ',
    principal: PRINCIPAL.name,
    otherPerson: 'Phạm Văn Lạ',
  });
  hsm = await createSoftHsm();
  const { root, issuing } = pki;
  const certificates = [root.certificate, issuing.certificate];
  await hsm.addToken({ label: 'Con dấu', pin: '123456', identities: [pki.agency], certificates });
  await hsm.addToken({
    label: 'Cá nhân',
    pin: '123456',
    identities: [pki.principal, pki.otherPerson],
    certificates,
  });
});
beforeEach(async () => {
  school = openSchool();
  path = join(school.dir, 'driver.so');
  await copyFile(hsm.module, path);
  await addModule(school.store, CLERK, path);
  keeper = keepTokens(school.store, forkHost({ env: hsm.env }), () => {});
});
afterEach(async () => {
  await keeper.close();
  school.close();
});
afterAll(() => hsm.remove());

const trustRoot = () => {
  const { sha256 } = school.store.files.put(Buffer.from(pki.root.certificate));
  addRoots(school.store, CLERK, { sha256, name: 'goc.cer' });
};
async function found(...kinds: string[]): Promise<string[]> {
  const { steps } = await diagnose(school.store, keeper, path);
  return steps
    .filter(({ step }) => kinds.includes(step))
    .map(({ code, params }) => `${code} ${params['name'] ?? params['issuer']}`)
    .toSorted();
}

it('names whose certificates these are, and who is nobody here', async () => {
  expect(await found('holder')).toEqual([
    `diagnosis.holder ${PRINCIPAL.name}`,
    `diagnosis.holder ${SCHOOL.name}`,
    'token.holder-unknown Phạm Văn Lạ',
  ]);
});

it('tells an issuer that is trusted from one that is not', async () => {
  expect(new Set((await found('issuer')).map((line) => line.split(' ', 1)[0]))).toEqual(
    new Set(['token.issuer-unknown']),
  );
  trustRoot();
  expect(new Set(await found('issuer'))).toEqual(
    new Set(['diagnosis.issuer CA Ví Dụ phục vụ các cơ quan Nhà nước']),
  );
});

it('asks for renewal from 90 days before the end', async () => {
  const end = readCertificate(pki.principal.certificate).notAfter;
  school.clock.now = end - 92 * DAY;
  expect(new Set(await found('expiry'))).toEqual(new Set(['diagnosis.expiry undefined']));
  school.clock.now = end - 30 * DAY;
  const { steps } = await diagnose(school.store, keeper, path);
  expect(steps.find(({ step }) => step === 'expiry')).toMatchObject({
    outcome: 'caution',
    code: 'token.expires-soon',
    params: { days: 30 },
  });
});

it('a driver that changed is not used until it is accepted again', async () => {
  expect(await keeper.list()).toHaveLength(2);
  await appendFile(path, 'x');
  // A module that is running goes on: the change is seen when it is started again.
  await keeper.renew();
  expect(await keeper.list()).toEqual([]);
  expect(keeper.tokens().problems()).toMatchObject([{ path, code: 'token.module-changed' }]);
  expect(await found('accepted')).toEqual(['token.module-changed undefined']);
  await addModule(school.store, CLERK, path);
  await keeper.renew();
  expect(await keeper.list()).toHaveLength(2);
});
