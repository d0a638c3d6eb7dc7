import { describe, expect, it } from 'vitest';
import { pendingTasks } from './pending.ts';
import type { LevelPolicy } from './pending.ts';
import type { FileState, Level } from './state.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const policy = (target: Level): LevelPolicy => ({ target, renewBeforeMs: 180 * DAY });
const signature = (field: string, level: Level, expiresAt = NOW + 1000 * DAY) => ({
  field,
  level,
  provenAt: level === 'B-B' ? null : NOW - DAY,
  expiresAt,
});
const state = (levels: Level[], archiveUntil: number | null = null): FileState => ({
  signatures: levels.map((level, n) => signature(`CHU_KY_${n + 1}`, level)),
  archiveUntil,
});
const kinds = (file: FileState, target: Level): string[] =>
  pendingTasks(file, policy(target), NOW).map(({ kind, fields }) => `${kind} ${fields.join('+')}`);

describe('what remains to be done', () => {
  it.each<[Level, string[]]>([
    ['B-B', []],
    ['B-T', ['timestamp CHU_KY_1']],
    ['B-LT', ['timestamp CHU_KY_1', 'validation-data CHU_KY_1+CHU_KY_2']],
    [
      'B-LTA',
      [
        'timestamp CHU_KY_1',
        'validation-data CHU_KY_1+CHU_KY_2',
        'archive-timestamp CHU_KY_1+CHU_KY_2+CHU_KY_3',
      ],
    ],
  ])('for a file with signatures of three levels that shall have %s', (target, expected) => {
    expect(kinds(state(['B-B', 'B-T', 'B-LT']), target)).toEqual(expected);
  });

  it('is due now, and has to be done before the first certificate ends', () => {
    const file = {
      signatures: [signature('a', 'B-B', NOW + 9 * DAY), signature('b', 'B-B', NOW + 3 * DAY)],
      archiveUntil: null,
    };
    expect(pendingTasks(file, policy('B-T'), NOW)).toEqual([
      { kind: 'timestamp', fields: ['a', 'b'], dueAt: NOW, deadline: NOW + 3 * DAY },
    ]);
  });

  it('is late when the deadline has passed: the caller sees it', () => {
    const file = { signatures: [signature('a', 'B-T', NOW - DAY)], archiveUntil: null };
    expect(pendingTasks(file, policy('B-LT'), NOW)).toMatchObject([{ dueAt: NOW, deadline: NOW - DAY }]);
  });

  it('is the renewal of the archive half a year before its timestamp ends', () => {
    const until = NOW + 400 * DAY;
    const when = { fields: ['CHU_KY_1'], dueAt: until - 180 * DAY, deadline: until };
    expect(pendingTasks(state(['B-LTA'], until), policy('B-LTA'), NOW)).toEqual([
      { kind: 'validation-data', ...when },
      { kind: 'archive-timestamp', ...when },
    ]);
  });

  it('is nothing once the policy is met, and nothing for a file without signatures', () => {
    expect(kinds(state(['B-LTA'], NOW + DAY), 'B-LT')).toEqual([]);
    expect(kinds(state([], NOW + DAY), 'B-LTA')).toEqual([]);
  });
});
