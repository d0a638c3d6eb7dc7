import type { ServerResponse } from 'node:http';
import type { HostedDesk } from '../host/desk-port.ts';
import { fileHeaders } from '../host/page-policy.ts';

/** More than this unread means a window that sleeps; it asks for everything again when it reconnects. */
const UNREAD_LIMIT = 1024 * 1024;

export interface EventStreams {
  open(response: ServerResponse): void;
  close(): void;
}

/** Server-sent events: what the desk says changed, to every open window. */
export function eventStreams(desk: HostedDesk): EventStreams {
  const streams = new Set<ServerResponse>();
  const stop = desk.on((event) => {
    for (const stream of streams) {
      if (stream.writableLength > UNREAD_LIMIT) stream.destroy();
      else stream.write(`data: ${JSON.stringify(event)}\n\n`);
    }
  });
  return {
    open(response) {
      response.writeHead(200, { ...fileHeaders, 'Content-Type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
    },
    close() {
      stop();
      for (const stream of streams) stream.end();
    },
  };
}
