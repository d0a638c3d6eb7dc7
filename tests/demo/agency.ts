/**
 * A recipient that answers by itself, as the clerk of another agency would: takes what the axis holds for it, confirms
 * with 01 and 03, keeps what it was told. Real transport, real codec.
 */
import type { EdocMessage, Organization, StatusMessage } from '../../src/main/axis/edxml-model.ts';
import { EMPTY_ORGANIZATION, statusFor } from '../../src/main/axis/edxml-model.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc, writeStatus } from '../../src/main/axis/edxml-write.ts';
import { vxpTransport } from '../../src/main/axis/vxp.ts';
import type { StatusCode } from '../../src/shared/domain/exchange.ts';

export interface AgencyOptions {
  readonly axisUrl: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly account: { readonly systemId: string; readonly secret: string };
  /** Called once for each document received, after 03 has gone out. */
  readonly onDocument?: (message: EdocMessage) => Promise<void>;
}

export interface Agency {
  readonly organisation: Organization;
  readonly documents: EdocMessage[];
  readonly statuses: StatusMessage[];
  send(message: EdocMessage): Promise<void>;
  /** Takes everything that waits; a second call meanwhile waits for the first. */
  poll(): Promise<void>;
  start(everyMs: number): void;
  stop(): Promise<void>;
}

const answers: readonly (readonly [StatusCode, string])[] = [
  ['01', 'Hệ thống đã nhận, văn thư chưa xử lý'],
  ['03', 'Đã tiếp nhận, vào sổ văn bản đến'],
];

export function startAgency({ axisUrl, unit, account, onDocument }: AgencyOptions): Agency {
  const transport = vxpTransport({ url: axisUrl, allowHttp: true, ...account });
  const organisation: Organization = { ...EMPTY_ORGANIZATION, organId: unit.code, name: unit.name };
  const documents: EdocMessage[] = [];
  const statuses: StatusMessage[] = [];
  const stopped = new AbortController();
  const { signal } = stopped;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function answer(message: EdocMessage): Promise<void> {
    for (const [code, description] of answers) {
      const status = statusFor(message, organisation, { code, description, at: Date.now(), staff: null });
      if (status)
        await transport.send(
          { kind: 'status', bytes: writeStatus(status), from: unit.code, to: [message.from.organId] },
          signal,
        );
    }
  }

  async function take(): Promise<void> {
    for (const kind of ['status', 'edoc'] as const)
      for (const item of await transport.listIncoming(kind, signal)) {
        const { message } = readEdxml(await transport.fetch(item.axisDocId, signal), item.kind);
        if (message.kind === 'status') statuses.push(message);
        else {
          documents.push(message);
          await answer(message);
        }
        await transport.ack(item.axisDocId, 'done', signal);
        if (message.kind === 'edoc') await onDocument?.(message);
      }
  }

  const agency: Agency = {
    organisation,
    documents,
    statuses,
    send: async (message) => {
      await transport.send(
        {
          kind: 'edoc',
          bytes: writeEdoc(message, { now: Date.now(), secrecy: '' }),
          from: unit.code,
          to: message.to.map(({ organId }) => organId),
        },
        signal,
      );
    },
    poll: () => {
      running = running.catch(() => {}).then(take);
      return running;
    },
    start: (everyMs) => {
      // The sample axis may be switched off on purpose; the agency simply asks again later.
      timer = setInterval(() => void agency.poll().catch(() => {}), everyMs);
    },
    stop: async () => {
      clearInterval(timer);
      stopped.abort();
      await running.catch(() => {});
    },
  };
  return agency;
}
