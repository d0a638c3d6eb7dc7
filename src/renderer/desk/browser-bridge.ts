import {
  type Answer,
  answerSchema,
  type DeskBridge,
  type DeskEvent,
  eventSchema,
} from '../../shared/ipc/index.ts';
import { topics } from '../../shared/domain/topics.ts';

async function post(path: string, body: BodyInit, type: string): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    credentials: 'same-origin',
    cache: 'no-store',
  });
  return answerSchema.parse(await response.json());
}

/** The bridge of a browser tab: the same desk, asked over HTTP on 127.0.0.1. */
export function browserBridge(): DeskBridge {
  const listeners = new Set<(event: DeskEvent) => void>();
  let source: EventSource | undefined;

  const tell = (event: DeskEvent) => {
    for (const listener of listeners) listener(event);
  };

  function listen(): EventSource {
    const events = new EventSource('/events');
    let interrupted = false;
    events.addEventListener('message', (message: MessageEvent<string>) => {
      tell(eventSchema.parse(JSON.parse(message.data)));
    });
    events.addEventListener('error', () => {
      interrupted = true;
    });
    // What changed while the connection was away is unknown, so everything shown is asked again.
    events.addEventListener('open', () => {
      if (interrupted) for (const topic of topics) tell({ type: 'changed', topic });
      interrupted = false;
    });
    return events;
  }

  return {
    call: (name, argument) => post(`/ipc/${name}`, JSON.stringify(argument), 'application/json'),
    addFile: (name, bytes) =>
      post(
        `/files?name=${encodeURIComponent(name)}`,
        new Blob([bytes as Uint8Array<ArrayBuffer>]),
        'application/octet-stream',
      ),
    fileUrl: (sha256) => `/files/${sha256}`,
    onEvent(listener) {
      source ??= listen();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
