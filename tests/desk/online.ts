import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { create } from '../../src/main/office/outgoing/draft.ts';
import { number } from '../../src/main/office/outgoing/number.ts';
import { get } from '../../src/main/office/outgoing/outgoing-view.ts';
import { placements } from '../../src/main/office/signing/placements.ts';
import { keepProofs, type ProofKeeper } from '../../src/main/office/proofs/proofs.ts';
import { saveServices } from '../../src/main/office/settings/settings.ts';
import { sign } from '../../src/main/office/signing/sign.ts';
import { approveFormat, submit } from '../../src/main/office/outgoing/submit.ts';
import type { Task } from '../../src/main/office/common/tasks.ts';
import { keepTokens, type TokenKeeper } from '../../src/main/office/signing/token-keeper.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { CLERK, PRINCIPAL, SCHOOL, TEACHER } from '../demo/sample.ts';
import type { Identity } from '../pki/ca.ts';
import { startServices, type Services } from '../pki/services/server.ts';
import { openSchool, type School } from './school.ts';
import { draftOf, equip, makeSamples, PIN, type Desk } from './signing.ts';

const NAMES = ['tsa', 'ocsp', 'crl'] as const;
export const quiet: Task = { signal: new AbortController().signal, progress: () => {} };

/**
 * The sample school with certificates whose authority answers on this machine: timestamps, OCSP, lists. Registers the
 * hooks of the test file that calls it; every test has a school and certificates of its own.
 */
export function onlineSchool() {
  let services: Services;
  let samples: Desk;
  let school: School;
  let keeper: TokenKeeper;
  let proofs: ProofKeeper;

  const certify = (name: string): Promise<Identity> =>
    services.certify({
      subject: [
        ['C', 'VN'],
        ['O', 'Sở Giáo dục và Đào tạo'],
        ['CN', name],
      ],
    });
  const settle = ({ timestamps }: { timestamps: boolean }) =>
    saveServices(school.store, null, {
      tsaUrl: services.urls.tsa,
      revocation: true,
      timestamps,
      timestampBeforeSending: false,
    });
  const goOnline = () => {
    for (const name of NAMES) services.always(name, null);
  };

  beforeAll(async () => {
    services = await startServices();
    samples = await makeSamples();
  });
  afterAll(() => services.close());
  beforeEach(async () => {
    const [principal, agency] = await Promise.all([certify(PRINCIPAL.name), certify(SCHOOL.name)]);
    const pki = { ...samples.pki, root: services.root.certificate, principal, school: agency };
    samples = { ...samples, pki };
    school = openSchool();
    school.clock.now = Date.now();
    await equip(school.store, samples);
    settle({ timestamps: false });
    keeper = keepTokens(school.store, forkHost(), () => {});
    const log = { info: () => {}, error: (line: string, cause: unknown) => console.error(line, cause) };
    proofs = keepProofs(school.store, log, () => {});
  });
  afterEach(async () => {
    goOnline();
    await proofs.stop();
    await keeper.close();
    school.close();
  });

  const draft = () => create(school.store, TEACHER, draftOf(school.store, samples)).id;
  const readyToSign = async () => {
    const id = draft();
    await submit(school.store, TEACHER, { id });
    await approveFormat(school.store, CLERK, { id });
    return id;
  };
  /** A login as the person would choose it. */
  const login = async (label: string) => {
    const token = (await keeper.list()).find((one) => one.label === label)!;
    return {
      tokenId: token.id,
      certificateSha256: token.certificates[0]!.sha256,
      pin: PIN,
      acceptFinalTry: false,
      acceptUnchecked: false,
      acceptClock: false,
      taskId: crypto.randomUUID(),
    };
  };
  const signAs = async (id: string, act: 'approve' | 'seal', accepted: object = {}, task = quiet) => {
    const boxes = (await placements(school.store, { id, act })).placements.map(({ box }) => box);
    const chosen = await login(act === 'approve' ? 'principal' : 'seal');
    const person = act === 'approve' ? PRINCIPAL : CLERK;
    return sign(school.store, keeper, person, { id, act, boxes, ...chosen, ...accepted }, task);
  };
  const detail = (id: string) => get(school.store, CLERK, { id }, proofs.pendingOf(id));

  return {
    get store() {
      return school.store;
    },
    get clock() {
      return school.clock;
    },
    get keeper() {
      return keeper;
    },
    get services() {
      return services;
    },
    get pki() {
      return samples.pki;
    },
    settle,
    goOnline,
    goOffline() {
      for (const name of NAMES) services.always(name, 'busy');
    },
    draft,
    receive: (changes: Parameters<School['receive']>[0]) => school.receive(changes),
    readyToSign,
    login,
    signAs,
    async sealed(accepted: object = {}) {
      const id = await readyToSign();
      await signAs(id, 'approve', accepted);
      await number(school.store, CLERK, { id });
      await signAs(id, 'seal', accepted);
      return id;
    },
    detail,
    main: (id: string) => detail(id).attachments.find(({ role }) => role === 'main')!,
    /** Everything the network can add now. */
    async workOff() {
      proofs.tryNow();
      await proofs.idle();
    },
  };
}
