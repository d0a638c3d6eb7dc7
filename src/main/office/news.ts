import type { DeskEvent } from '../../shared/ipc/index.ts';
import type { Topic } from '../../shared/domain/topics.ts';

/** What the desk tells its windows. */
export interface DeskNews {
  readonly emit: (event: DeskEvent) => void;
  /** Says what to ask again; several changes of one topic at once are told once. */
  readonly changed: (topics: readonly Topic[]) => void;
  /** Returns the function that ends the subscription. */
  readonly on: (listener: (event: DeskEvent) => void) => () => void;
}

/** What the desk tells its windows; changes of one turn of the event loop are gathered. */
export function createNews(): DeskNews {
  const listeners = new Set<(event: DeskEvent) => void>();
  const pending = new Set<Topic>();
  const emit = (event: DeskEvent) => {
    for (const listener of listeners) listener(event);
  };
  return {
    emit,
    changed: (topics) => {
      if (pending.size === 0 && topics.length > 0)
        setImmediate(() => {
          const told = [...pending];
          pending.clear();
          for (const topic of told) emit({ type: 'changed', topic });
        });
      for (const topic of topics) pending.add(topic);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
