import type { ErrorCode } from '../../shared/errors/index.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Problem } from './edxml-model.ts';
import type { ExchangeOffice } from './office-port.ts';
import { errorKind } from './transport.ts';
import type { AxisTransport } from './transport.ts';

/** What one pass over inbox and outbox works with. */
export interface Pass {
  readonly office: ExchangeOffice;
  readonly transport: AxisTransport;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** How long the axis may take to list a message whose answer was lost. */
  readonly settleMs: number;
  /** Per message that failed by itself: when it may be tried again. In memory: a restart tries at once. */
  readonly backoff: Backoff;
  /** Logs a failure and remembers the first one of the pass for the sync line. */
  readonly note: (error: unknown) => Problem;
}

const CONNECTION: ReadonlySet<ErrorCode> = new Set([
  'axis.unreachable',
  'axis.certificate',
  'axis.timeout',
  'host.cancelled',
]);

/** Failures that concern the connection, not one message: nothing else in this pass can succeed. */
export function endsPass(error: unknown): boolean {
  if (errorKind(error) === 'halt') return true;
  return error instanceof DeskError && CONNECTION.has(error.code);
}

const FIRST_WAIT_MS = 10 * 60_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;

export type Backoff = ReturnType<typeof createBackoff>;

/** Exponential waits by message: 10 minutes, 20, 40 … a day. */
export function createBackoff() {
  const waits = new Map<string, { failures: number; until: number }>();
  return {
    isDue: (id: string, now: number) => (waits.get(id)?.until ?? 0) <= now,
    failed(id: string, now: number): void {
      const failures = (waits.get(id)?.failures ?? 0) + 1;
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
      waits.set(id, { failures, until: now + wait });
    },
    forget: (id: string) => waits.delete(id),
  };
}
