import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLERK } from '../../../../tests/demo/sample.ts';
import { crash, expectWhole } from '../../../../tests/desk/killed.ts';
import { openSchool, type School } from '../../../../tests/desk/school.ts';
import { incomingById } from '../../store/queries/incoming.ts';
import { register } from './incoming.ts';

let school: School;
beforeAll(() => (school = openSchool()));
afterAll(() => school.close());

describe('kill -9 while a document is registered', () => {
  const points = [
    ['clock', '1'],
    ['clock', '2'],
    ['clock', '3'],
    ['table', 'journal'],
    ['table', 'counters'],
    ['table', 'incoming'],
    ['table', 'outbox'],
    ['table', 'head'],
  ];
  it('leaves no number taken and no status waiting, and the number goes to the next', async () => {
    const id = await school.receive();
    const waiting = school.waiting().length;
    for (const point of points) {
      await crash(school, 'register', id, ...point);
      expect(incomingById(school.store.tables, id)).toMatchObject({ state: 'arrived', arrivalNumber: null });
      expect(school.waiting()).toHaveLength(waiting);
    }
    await crash(school, 'register', id, 'committed');
    expect(incomingById(school.store.tables, id)).toMatchObject({ state: 'registered', arrivalNumber: 1 });
    expect(school.waiting()).toHaveLength(waiting + 1);
    const next = await school.receive();
    expect(register(school.store, CLERK, { id: next, confirmDuplicate: false }).arrivalNumber).toBe(2);
    await expectWhole(school);
  });
});
