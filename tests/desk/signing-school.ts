import { afterEach, beforeAll, beforeEach } from 'vitest';
import { create } from '../../src/main/office/outgoing/draft.ts';
import { number } from '../../src/main/office/outgoing/number.ts';
import { get } from '../../src/main/office/outgoing/outgoing-view.ts';
import { placements } from '../../src/main/office/signing/placements.ts';
import { sign } from '../../src/main/office/signing/sign.ts';
import { approveFormat, submit } from '../../src/main/office/outgoing/submit.ts';
import type { Task } from '../../src/main/office/common/tasks.ts';
import { keepTokens, type TokenKeeper } from '../../src/main/office/signing/token-keeper.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import type { DraftFields } from '../../src/shared/ipc/outgoing.ts';
import type { Box, Placement } from '../../src/shared/ipc/signing.ts';
import { CLERK, PRINCIPAL, TEACHER } from '../demo/sample.ts';
import { openSchool, type School } from './school.ts';
import { draftOf, equip, makeSamples, PIN, type Desk } from './signing.ts';

const quiet: Task = { signal: new AbortController().signal, progress: () => {} };

/**
 * The sample school with its key files, no network: what its people do to an outgoing document, step by step. Registers
 * the hooks of the test file that calls it.
 */
export function signingSchool() {
  let samples: Desk;
  let school: School;
  let keeper: TokenKeeper;
  beforeAll(async () => {
    samples = await makeSamples();
  });
  beforeEach(async () => {
    school = openSchool();
    school.clock.now = Date.now();
    await equip(school.store, samples);
    keeper = keepTokens(school.store, forkHost(), () => {});
  });
  afterEach(async () => {
    await keeper.close();
    school.close();
  });

  const detail = (id: string) => get(school.store, CLERK, { id });
  const proposed = async (id: string, act: 'approve' | 'seal') =>
    (await placements(school.store, { id, act })).placements;

  return {
    get store() {
      return school.store;
    },
    get samples() {
      return samples;
    },
    get keeper() {
      return keeper;
    },
    detail,
    proposed,
    bytesOf: (id: string, role = 'main') =>
      school.store.files.read(detail(id).attachments.find((one) => one.role === role)!.sha256),
    /** A draft of the teacher's whose PDF is `main`. */
    draft(main: Uint8Array, changes: Partial<DraftFields> = {}): string {
      const { sha256 } = school.store.files.put(main);
      const fields = draftOf(school.store, samples, { main: { sha256, name: 'van-ban.pdf' }, ...changes });
      return create(school.store, TEACHER, fields).id;
    },
    submit: (id: string) => submit(school.store, TEACHER, { id }),
    approveFormat: (id: string) => approveFormat(school.store, CLERK, { id }),
    number: (id: string) => number(school.store, CLERK, { id }),
    /** @param place where the person puts each box that was proposed */
    async signAs(
      id: string,
      act: 'approve' | 'seal',
      place: (placement: Placement) => Box = ({ box }) => box,
    ) {
      const label = act === 'approve' ? 'principal' : 'seal';
      const token = (await keeper.list()).find((one) => one.label === label)!;
      const boxes = (await proposed(id, act)).map(place);
      const accepted = { acceptFinalTry: false, acceptUnchecked: false, acceptClock: false };
      const certificateSha256 = token.certificates.map(({ sha256 }) => sha256).join();
      const login = { tokenId: token.id, certificateSha256, pin: PIN, ...accepted, taskId: id };
      const person = act === 'approve' ? PRINCIPAL : CLERK;
      return sign(school.store, keeper, person, { id, act, boxes, ...login }, quiet);
    },
  };
}
