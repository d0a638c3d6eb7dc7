/** What remains to be done for a signed file, and when: a decision on plain data that the desk's queue asks for. */
import { reaches } from './state.ts';
import type { FileState, Level } from './state.ts';

export interface LevelPolicy {
  /** The level every signature of the file shall have. */
  readonly target: Level;
  /** How long before its end an archive timestamp is renewed, in milliseconds. */
  readonly renewBeforeMs: number;
}

export const DEFAULT_POLICY: LevelPolicy = { target: 'B-LT', renewBeforeMs: 180 * 86_400_000 };

export interface PendingTask {
  readonly kind: 'timestamp' | 'validation-data' | 'archive-timestamp';
  /** The signatures it is for. */
  readonly fields: readonly string[];
  /** UTC milliseconds: not before then. */
  readonly dueAt: number;
  /** Done later it no longer proves what it should; null when no such time is known. */
  readonly deadline: number | null;
}

/** The tasks in the order in which they must be done; none when the file is as the policy wants it, for good. */
export function pendingTasks(state: FileState, policy: LevelPolicy, now: number): PendingTask[] {
  const below = (level: Level) =>
    reaches(policy.target, level)
      ? state.signatures.filter((signature) => !reaches(signature.level, level))
      : [];
  const [untimed, unproven, unarchived] = [below('B-T'), below('B-LT'), below('B-LTA')];
  const task = (kind: PendingTask['kind'], signatures: typeof untimed): PendingTask[] =>
    signatures.length === 0
      ? []
      : [
          {
            kind,
            fields: signatures.map(({ field }) => field),
            dueAt: now,
            deadline: Math.min(...signatures.map(({ expiresAt }) => expiresAt)),
          },
        ];
  return [
    ...task('timestamp', untimed),
    ...task('validation-data', unproven),
    ...task('archive-timestamp', unarchived),
    ...(unarchived.length === 0 && policy.target === 'B-LTA' ? renewal(state, policy) : []),
  ];
}

/**
 * ETSI EN 319 142-1, 5.5: before the last timestamp's certificate ends, what proves that timestamp goes into the
 * store, and a new one over everything.
 */
function renewal({ signatures, archiveUntil }: FileState, { renewBeforeMs }: LevelPolicy): PendingTask[] {
  if (archiveUntil === null || signatures.length === 0) return [];
  const fields = signatures.map(({ field }) => field);
  const when = { fields, dueAt: archiveUntil - renewBeforeMs, deadline: archiveUntil };
  return [
    { kind: 'validation-data', ...when },
    { kind: 'archive-timestamp', ...when },
  ];
}
