import { describe, expect, it } from 'vitest';
import { formatHash, parseHash, routeTo } from './route.ts';

describe('addresses', () => {
  it.each([
    routeTo('today'),
    routeTo('incoming', '00000000-0000-4000-8000-000000000001', { filter: 'to-register' }),
    routeTo('search', null, { text: 'công văn số 12/CV & “hỏa tốc”?' }),
    routeTo('help', '04-ky-so'),
  ])('come back as they were written: %o', (route) => {
    expect(parseHash(formatHash(route))).toEqual(route);
  });

  it.each(['', '#', '#/', '#/nowhere/1', '#/%E0%A4%A', '#//incoming'])('lead home from %j', (hash) => {
    expect(parseHash(hash)).toEqual(routeTo('today'));
  });
});
