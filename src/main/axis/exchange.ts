import type { SyncState } from '../../shared/domain/exchange.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Problem } from './edxml-model.ts';
import { receiveAll, record, recordStored } from './inbox.ts';
import type { ExchangeOffice } from './office-port.ts';
import { sendPending } from './outbox.ts';
import { createBackoff, endsPass } from './pass.ts';
import type { Pass } from './pass.ts';
import { errorKind } from './transport.ts';
import type { AxisTransport } from './transport.ts';

export interface ExchangeOptions {
  readonly office: ExchangeOffice;
  readonly transport: AxisTransport;
  /** Between passes while all goes well. */
  readonly intervalMs: number;
  /** Logs an error and returns the id of its entry. */
  readonly log: (error: unknown) => string;
  /** Called after each change of `state()`. */
  readonly onChange?: (state: SyncState) => void;
  readonly now?: () => number;
  /** How long a message whose answer was lost may take to show in the axis's list (default one minute). */
  readonly settleMs?: number;
}

export interface Exchange {
  /** Begins passes on the exchange's own clock, the first at once. */
  start(): void;
  /** Ends them, cutting calls short; resolves when nothing is under way any more. */
  stop(): Promise<void>;
  /** A pass now (after the one under way, if any), also when halted. Never rejects: problems are in the state. */
  syncNow(): Promise<SyncState>;
  state(): SyncState;
  /** Reads a message in quarantine again from its stored bytes; false when it still cannot be read. */
  reread(axisDocId: string, kind: 'edoc' | 'status'): Promise<boolean>;
}

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 8 * 60_000;

interface Failure {
  readonly error: unknown;
  readonly problem: Problem;
}

/**
 * A pass. Each part goes on when another fails: a broken list must not keep a document from leaving. Sending comes
 * twice because what was received has put its acknowledgements into the outbox.
 */
const PARTS: readonly ((pass: Pass) => Promise<void>)[] = [
  recordStored,
  sendPending,
  receiveAll,
  sendPending,
  async ({ office }) => void office.matchOrphans(),
];

/** While offline one harmless question comes first, so that a message in the outbox is not tried and noted each time. */
const probe = async ({ transport, signal }: Pass) => void (await transport.listIncoming('status', signal));

/**
 * The exchange with one axis: takes in what has arrived, sends what waits, on its own clock. All truth is in the
 * office; this object can be dropped at any moment and made again.
 */
export function createExchange(options: ExchangeOptions): Exchange {
  const { office, transport, intervalMs, log, settleMs = 60_000, now = Date.now } = options;
  const backoff = createBackoff();
  let state: SyncState = {
    phase: 'stopped',
    online: null,
    lastSyncAt: null,
    nextSyncAt: null,
    problem: null,
  };
  let started = false;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let running: Promise<void> | null = null;
  let again = false;
  let stopping = new AbortController();

  const change = (changes: Partial<SyncState>) => {
    state = { ...state, ...changes };
    options.onChange?.(state);
  };

  /** The work of one pass and its failures so far, in order, each logged once. */
  function newPass(): { work: Pass; noted: ReadonlyMap<unknown, Problem> } {
    const noted = new Map<unknown, Problem>();
    const note = (error: unknown): Problem => {
      const known = noted.get(error) ?? problemOf(error, log);
      noted.set(error, known);
      return known;
    };
    return { work: { office, transport, now, settleMs, backoff, note, signal: stopping.signal }, noted };
  }

  async function pass(): Promise<void> {
    const parts = state.online === false ? [probe, ...PARTS] : PARTS;
    change({ phase: 'syncing', nextSyncAt: null });
    const { work, noted } = newPass();
    let ended = false;
    for (const part of parts) {
      try {
        await part(work);
      } catch (error) {
        work.note(error);
        ended = endsPass(error);
        if (ended) break;
      }
    }
    if (stopping.signal.aborted) return;
    // What ended the pass says more than what one message met before.
    const met = [...noted].map(([error, problem]) => ({ error, problem }));
    settle((ended ? met.at(-1) : met[0]) ?? null);
  }

  function settle(failure: Failure | null): void {
    const halted = failure !== null && errorKind(failure.error) === 'halt';
    const code = failure?.problem.code;
    failures = failure === null ? 0 : failures + 1;
    const wait =
      failures === 0 ? intervalMs : Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
    const at = now();
    const delay = Math.round(wait * (0.9 + Math.random() * 0.2));
    const goesOn = started && !halted;
    clearTimeout(timer);
    if (goesOn) timer = setTimeout(begin, delay);
    change({
      phase: halted ? 'halted' : started ? 'idle' : 'stopped',
      online: code !== 'axis.unreachable' && code !== 'axis.certificate' && code !== 'axis.timeout',
      lastSyncAt: failure === null ? at : state.lastSyncAt,
      nextSyncAt: goesOn ? at + delay : null,
      problem: failure?.problem ?? null,
    });
  }

  async function passes(): Promise<void> {
    do {
      again = false;
      await pass();
    } while (again && !stopping.signal.aborted);
  }

  /** Nobody waits for it. */
  function begin(): void {
    syncNow().catch(log);
  }

  async function syncNow(): Promise<SyncState> {
    clearTimeout(timer);
    if (running) again = true;
    else {
      if (stopping.signal.aborted) stopping = new AbortController();
      running = passes().finally(() => (running = null));
    }
    await running;
    return state;
  }

  return {
    start() {
      started = true;
      begin();
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      stopping.abort();
      await running;
      change({ phase: 'stopped', nextSyncAt: null });
    },
    syncNow,
    state: () => state,
    reread: (axisDocId, kind) => record(newPass().work, axisDocId, kind, true),
  };
}

/** What a failure is for people: its code, or the id of its entry in the log. */
export function problemOf(error: unknown, log: (error: unknown) => string): Problem {
  const logId = log(error);
  return error instanceof DeskError
    ? { code: error.code, params: error.params }
    : { code: 'host.unexpected', params: { logId } };
}
