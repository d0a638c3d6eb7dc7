import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLERK, PRINCIPAL, TEACHER } from '../../../../tests/demo/sample.ts';
import { crash, expectWhole } from '../../../../tests/desk/killed.ts';
import { openSchool, type School } from '../../../../tests/desk/school.ts';
import { draftOf, equip, makeSamples, PIN } from '../../../../tests/desk/signing.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { forkHost } from '../../token/launch.ts';
import { create } from './draft.ts';
import { number } from './number.ts';
import { placements } from '../signing/placements.ts';
import { sign } from '../signing/sign.ts';
import { approveFormat, submit } from './submit.ts';
import { keepTokens } from '../signing/token-keeper.ts';

let school: School;
beforeAll(() => (school = openSchool()));
afterAll(() => school.close());

describe('kill -9 while a document is numbered', () => {
  const points = [
    ['clock', '3'],
    ['table', 'journal'],
    ['table', 'head'],
  ];
  it('leaves the signed document and no gap', async () => {
    const samples = await makeSamples();
    await equip(school.store, samples);
    const [id, next] = [await signed(samples), await signed(samples)];
    for (const point of points) {
      await crash(school, 'number', id, ...point);
      expect(outgoingById(school.store.tables, id)).toMatchObject({ state: 'signed', number: null });
    }
    const codes = [
      await number(school.store, CLERK, { id: next }),
      await number(school.store, CLERK, { id }),
    ];
    expect(codes.map(({ code }) => code)).toEqual(['01/THPTVD-VP', '02/THPTVD-VP']);
    await expectWhole(school);
  });
});

async function signed(samples: Awaited<ReturnType<typeof makeSamples>>): Promise<string> {
  const { store } = school;
  const { id } = create(store, TEACHER, draftOf(store, samples));
  await submit(store, TEACHER, { id });
  await approveFormat(store, CLERK, { id });
  const keeper = keepTokens(store, forkHost(), () => {});
  const token = (await keeper.list()).find(({ label }) => label === 'principal')!;
  const { placements: proposed } = await placements(store, { id, act: 'approve' });
  const boxes = proposed.map(({ box }) => box);
  const task = { signal: new AbortController().signal, progress: () => {} };
  const certificateSha256 = token.certificates.map(({ sha256 }) => sha256).join();
  const accepted = { acceptFinalTry: false, acceptUnchecked: false, acceptClock: false };
  const choice = { tokenId: token.id, certificateSha256, pin: PIN, ...accepted };
  await sign(store, keeper, PRINCIPAL, { id, act: 'approve', ...choice, boxes, taskId: id }, task);
  await keeper.close();
  return id;
}
