/**
 * The sample office: a reference axis on 127.0.0.1, a department and a third agency behind it, and the school's desk
 * set up through the same calls its settings screen makes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDesk, type Desk } from '../../src/main/desk.ts';
import { fileLog } from '../../src/main/host/log.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import type { Timeouts } from '../../src/main/token/client.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { createAxis, type ReferenceAxis } from '../axis/server.ts';
import { sealPng, signaturePng } from '../fixtures/pdf/images.ts';
import { pem } from '../pki/ca.ts';
import { writePkcs12 } from '../pki/pkcs12.ts';
import { type Services, startServices } from '../pki/services/server.ts';
import { type Agency, startAgency } from './agency.ts';
import { type Department, startDepartment } from './department.ts';
import { sitDown } from './person.ts';
import { type DemoPki, discardPki, openPki, portOf } from './pki.ts';
import { ACCOUNTS, CLERK, DEPARTMENT, HOME_AFFAIRS, PEOPLE, PRINCIPAL, SCHOOL, TOKENS } from './sample.ts';

export interface Demo {
  readonly desk: Desk;
  readonly department: Department;
  readonly homeAffairs: Agency;
  readonly pki: DemoPki;
  /** The authority of all certificates: timestamps, OCSP, revocation lists. */
  readonly services: Services;
  /** Ends the servers of axis and authority; nobody reaches them until `goOnline`. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** The other agencies look at the axis by themselves from now on. */
  startAnswering(): void;
  close(): Promise<void>;
}

/** Units the directory of the sample axis lists. */
export const units = [
  { ...SCHOOL, oldCode: SCHOOL.oldCodes[0]!, ...ACCOUNTS.school },
  { ...DEPARTMENT, ...ACCOUNTS.department },
  { ...HOME_AFFAIRS, ...ACCOUNTS.homeAffairs },
];

export async function setUpSchool(
  desk: Desk,
  pki: DemoPki,
  axisUrl: string,
  tsaUrl: string | null,
): Promise<void> {
  const nobody = await sitDown(desk, null);
  const { people } = await nobody.call('session.state', {});
  if (people.length === 0) await nobody.call('settings.save-person', CLERK);
  const clerk = await sitDown(desk, CLERK.id);
  await clerk.call('settings.save-office', SCHOOL);
  for (const person of PEOPLE) await clerk.call('settings.save-person', person);
  await clerk.call('settings.save-axis', {
    url: axisUrl,
    systemId: ACCOUNTS.school.systemId,
    secret: ACCOUNTS.school.secret,
    allowHttp: true,
    intervalMinutes: 1,
  });
  await clerk.call(
    'settings.add-roots',
    await clerk.addFile('root.pem', Buffer.from(pem('CERTIFICATE', pki.root))),
  );
  if (tsaUrl !== null)
    await clerk.call('settings.save-services', { tsaUrl, timestamps: true, revocation: true });
  // Those of an earlier run have the same names, and may have another authority's certificates.
  for (const { sha256 } of (await clerk.call('settings.get', {})).pkcs12)
    await clerk.call('settings.remove-pkcs12', { sha256 });
  for (const [identity, token] of [
    [pki.principal, TOKENS.principal],
    [pki.school, TOKENS.agency],
  ] as const)
    await clerk.call('settings.add-pkcs12', {
      ...(await clerk.addFile(token.label, writePkcs12(identity, token.pin))),
      pin: token.pin,
    });
  await clerk.call('settings.save-image', {
    owner: PRINCIPAL.id,
    file: await clerk.addFile('chu-ky.png', signaturePng(3)),
  });
  await clerk.call('settings.save-image', {
    owner: 'seal',
    file: await clerk.addFile('con-dau.png', sealPng()),
  });
}

/**
 * The authority where its certificates say that it answers. When somebody else has that port by now, nobody could ask
 * about them any more: then there is a new authority with certificates of its own.
 */
async function startAuthority(pkiDir: string): Promise<Services> {
  const start = (port: number) =>
    startServices({ port, authority: async (base) => (await openPki(pkiDir, base)).authority });
  try {
    return await start(portOf(pkiDir));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    discardPki(pkiDir);
    return start(0);
  }
}

export interface DemoOptions {
  readonly dataDir: string;
  readonly tokenTimeouts?: Timeouts;
  /** Nobody has decided yet what may be asked over the network. */
  readonly undecided?: boolean;
  /** This computer's clock; UTC milliseconds. */
  readonly clock?: () => number;
}

export async function startDemo({
  dataDir,
  tokenTimeouts = {},
  clock = Date.now,
  undecided = false,
}: DemoOptions): Promise<Demo> {
  mkdirSync(dataDir, { recursive: true });
  const axisDir = join(dataDir, 'axis');
  const pkiDir = join(dataDir, 'pki');
  const services = await startAuthority(pkiDir);
  const pki = await openPki(pkiDir);
  let axis: ReferenceAxis | null = await createAxis({ port: 0, dataDir: axisDir });
  for (const unit of units) axis.addUnit(unit);
  const { url } = axis;
  const port = Number(new URL(url).port);

  const department = startDepartment(url, pki, dataDir);
  const homeAffairs = startAgency({ axisUrl: url, unit: HOME_AFFAIRS, account: ACCOUNTS.homeAffairs });
  // Before the desk opens, so that the letter waits on the axis when it first looks.
  await department.askForReport();

  const demo = { tokens: Object.values(TOKENS).map(({ label, pin }) => ({ label, pin })) };
  // Electron reads it where it opens this folder.
  writeFileSync(join(dataDir, 'demo.json'), JSON.stringify(demo));
  const desk = await openDesk({
    dataDir: join(dataDir, 'office'),
    // Nothing of the demo is worth a key store: its secrets are made for this machine and stand in `sample.ts`.
    vault: fileVault(join(dataDir, 'vault.json'), permissionsOnly),
    launchTokenHost: forkHost(),
    tokenTimeouts,
    clock,
    log: fileLog(join(dataDir, 'log')),
    demo,
  });
  await setUpSchool(desk, pki, url, undecided ? null : services.urls.tsa);

  const goOffline = async () => {
    await services.goOffline();
    await axis?.close();
    axis = null;
  };
  return {
    desk,
    department,
    homeAffairs,
    pki,
    services,
    goOffline,
    goOnline: async () => {
      await services.goOnline();
      axis ??= await createAxis({ port, dataDir: axisDir });
    },
    startAnswering: () => {
      department.start(3000);
      homeAffairs.start(3000);
    },
    close: async () => {
      await Promise.all([department.stop(), homeAffairs.stop()]);
      await desk.close();
      await goOffline();
    },
  };
}
