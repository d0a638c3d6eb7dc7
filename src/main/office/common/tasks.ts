import { DeskError } from '../../../shared/errors/index.ts';
import type { DeskEvent } from '../../../shared/ipc/index.ts';

/** A piece of long work: it says how far it is, and stops where stopping does no harm. */
export interface Task {
  readonly signal: AbortSignal;
  /** @throws DeskError host.cancelled once somebody has asked to stop */
  progress(done: number, total: number, label: string): void;
}

export interface Tasks {
  /** Runs `work` under an id the person's window has chosen. */
  run<T>(taskId: string, work: (task: Task) => Promise<T>): Promise<T>;
  cancel(taskId: string): void;
  /** Asks everything to stop, and resolves once it has: what cannot stop half-way is finished and recorded. */
  end(): Promise<void>;
}

/** Time between two messages about the same work: more would only keep the window busy. */
const quietMs = 100;

/** Long work of the windows: its progress is told through `emit`, and it can be cancelled by its id. */
export function createTasks(emit: (event: DeskEvent) => void): Tasks {
  const running = new Map<string, AbortController>();
  const underWay = new Set<Promise<unknown>>();
  let isEnding = false;
  return {
    async run(taskId, work) {
      if (isEnding) throw new DeskError('host.cancelled');
      const stop = new AbortController();
      running.set(taskId, stop);
      let told = -Infinity;
      const task: Task = {
        signal: stop.signal,
        progress(done, total, label) {
          if (stop.signal.aborted) throw new DeskError('host.cancelled');
          const now = performance.now();
          if (now - told < quietMs && done < total) return;
          told = now;
          emit({ type: 'progress', taskId, done, total, label });
        },
      };
      const result = work(task);
      underWay.add(result);
      try {
        return await result;
      } finally {
        running.delete(taskId);
        underWay.delete(result);
      }
    },
    cancel: (taskId) => running.get(taskId)?.abort(),
    async end() {
      isEnding = true;
      for (const stop of running.values()) stop.abort();
      await Promise.allSettled(underWay);
    },
  };
}
