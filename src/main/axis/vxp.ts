import { Buffer } from 'node:buffer';
import { DeskError } from '../../shared/errors/index.ts';
import type { ErrorCode } from '../../shared/errors/index.ts';
import { httpCall, httpUrl, readAll } from '../http/client.ts';
import type { HttpLimits, HttpReply } from '../http/client.ts';
import { HttpFailure } from '../http/course.ts';
import { parseTime } from './edxml-dates.ts';
import { MAX_READ_BYTES } from './edxml-read.ts';
import { jsonRows } from './json-rows.ts';
import type { Agency, AxisTransport, Incoming } from './transport.ts';
import { hashFile, isHeaderValue, signedHeaders } from './vxp-sign.ts';
import type { VxpCredentials } from './vxp-sign.ts';
import { oneLine } from './xml-text.ts';

export interface VxpConnection extends VxpCredentials {
  /** Base address; methods are appended. Without a scheme it means https. */
  readonly url: string;
  /** Plain HTTP is common inside state networks, but only by somebody's decision. */
  readonly allowHttp: boolean;
  readonly limits?: Partial<HttpLimits>;
  readonly now?: () => number;
  /** Hears what the axis's own clock says, with every answer; UTC milliseconds. */
  readonly onTime?: (time: number) => void;
}

type Parameters = readonly (readonly [name: string, value: string])[];
type Reply = Readonly<Record<string, unknown>>;

const MB = 1024 * 1024;
const LIMITS: HttpLimits = { idleMs: 60_000, totalMs: 15 * 60_000, maxReplyBytes: 32 * MB };
/** Base64 in JSON of the largest message the reader takes. */
const MAX_EDOC_REPLY = Math.ceil((MAX_READ_BYTES * 4) / 3) + MB;
const MAX_DIRECTORY = 128 * MB;
const CRLF = Buffer.from('\r\n');
const EMPTY_JSON = Buffer.from('{}');

/** ErrorCodes: VXP's own list is not public; these are those of a provincial axis built on it (A 6.2). */
const REFUSALS: Readonly<Record<string, ErrorCode>> = {
  '10': 'axis.message-refused',
  '15': 'axis.auth',
  '18': 'axis.recipient-unknown',
  '19': 'axis.sender-not-registered',
  '20': 'axis.server-error',
  '21': 'axis.message-refused',
  '22': 'axis.message-refused',
  '23': 'axis.recipient-locked',
};

/**
 * The VXP (VPCP) axis over HTTP as the vendor's SDK speaks it (A 5). Stateless; throws `axis.address-invalid` or
 * `axis.http-not-allowed` at once when the address cannot be used.
 */
export function vxpTransport(connection: VxpConnection): AxisTransport {
  const { base, host } = baseUrl(connection.url, connection.allowHttp);
  const limits = { ...LIMITS, ...connection.limits };
  const now = connection.now ?? Date.now;
  /** Goes on evenly when somebody sets this PC's clock. */
  const elapsed = connection.now ?? (() => performance.now());
  let heard: { readonly time: number; readonly at: number } | null = null;

  const call = async (
    method: string,
    parameters: Parameters,
    body: Uint8Array | null,
    signal: AbortSignal,
    { contentType = 'application/json', maxReplyBytes = limits.maxReplyBytes } = {},
  ): Promise<HttpReply> => {
    const reply = await httpCall({
      method: 'POST',
      url: new URL(`${base}/${method}`),
      headers: signedHeaders(connection, parameters, contentType, now()),
      body,
      limits: { ...limits, maxReplyBytes },
      signal,
      maxRedirects: null,
      // Its address was typed by the administrator; state networks are private.
      mustBePublic: () => false,
    });
    if (reply.date !== null) {
      heard = { time: reply.date, at: elapsed() };
      connection.onTime?.(reply.date);
    }
    return reply;
  };

  /** A call that may be repeated: whatever went wrong, nothing has been lost. Null for an empty reply. */
  const ask = async (
    method: string,
    parameters: Parameters,
    body: Uint8Array | null,
    signal: AbortSignal,
    maxReplyBytes = limits.maxReplyBytes,
  ): Promise<Reply | null> => {
    try {
      const reply = await jsonOf(await call(method, parameters, body, signal, { maxReplyBytes }), host);
      const refusal = reply && refusalOf(reply, host);
      if (refusal) throw refusal;
      return reply;
    } catch (error) {
      throw deskError(error, host, maxReplyBytes);
    }
  };

  const list = async (method: string, kind: 'edoc' | 'status', signal: AbortSignal): Promise<unknown[]> => {
    const parameters: Parameters = [
      ['servicetype', 'eDoc'],
      ['messagetype', kind],
    ];
    const data = (await ask(method, parameters, null, signal))?.['data'] ?? [];
    if (!Array.isArray(data)) throw invalid(host, 'data');
    return data;
  };

  return {
    time: () => heard && Math.round(heard.time + elapsed() - heard.at),

    async listIncoming(kind, signal, onUnreadable) {
      const rows = await list('getReceivedEdocList', kind, signal);
      const items = rows.flatMap((row): Incoming[] => {
        const axisDocId = isReply(row) ? usableId(row, 'docId') : null;
        if (!isReply(row) || axisDocId === null) return [];
        return [{ axisDocId, kind: kindOf(row) ?? kind, createdAt: parseTime(string(row, 'created_time')) }];
      });
      const count = rows.length - items.length;
      if (count > 0) onUnreadable?.(new DeskError('axis.list-unreadable', { host, count }));
      return items;
    },

    async fetch(axisDocId, signal) {
      const reply = await ask('getEdoc', [['docId', axisDocId]], EMPTY_JSON, signal, MAX_EDOC_REPLY);
      const bytes = Buffer.from(reply ? string(reply, 'data') : '', 'base64');
      if (bytes.length === 0) throw invalid(host, 'data');
      return bytes;
    },

    async ack(axisDocId, state, signal) {
      const parameters: Parameters = [
        ['docId', axisDocId],
        ['status', state],
      ];
      if ((await ask('updateStatus', parameters, EMPTY_JSON, signal)) === null)
        throw invalid(host, 'ErrorCode');
    },

    async send({ kind, bytes, from, to }, signal) {
      const parameters: Parameters = [
        ['servicetype', 'eDoc'],
        ['messagetype', kind],
        ['hash-file', hashFile(bytes)],
        ['from', from],
        ['to', JSON.stringify(to)],
      ];
      let reply: HttpReply;
      try {
        const contentType = 'application/octet-stream';
        reply = await call('sendEdoc', parameters, Buffer.concat([bytes, CRLF]), signal, { contentType });
      } catch (error) {
        if (error instanceof HttpFailure && error.connected) throw unknownOutcome(error);
        throw deskError(error, host, limits.maxReplyBytes);
      }
      // 4xx come from what stands before the axis; every other answer may have been preceded by acceptance.
      if (reply.status >= 400 && reply.status < 500) {
        reply.discard();
        throw statusError(reply.status, host);
      }
      const answer = await jsonOf(reply, host).catch((error: unknown) => {
        throw unknownOutcome(error);
      });
      return acceptance(answer, host);
    },

    async listSent(kind, signal) {
      const rows = await list('getSentEdocList', kind, signal);
      return rows.filter(isReply).map((row) => ({
        axisDocId: usableId(row, 'senderDocId'),
        kind: kindOf(row),
        to: string(row, 'toCode'),
        title: string(row, 'title'),
        notation: string(row, 'notation'),
        sentAt: parseTime(string(row, 'sentTime')),
      }));
    },

    async *listAgencies(signal) {
      try {
        const reply = await call('getAgenciesList', [], null, signal, { maxReplyBytes: MAX_DIRECTORY });
        if (!isGood(reply.status)) {
          reply.discard();
          throw statusError(reply.status, host);
        }
        for await (const part of jsonRows(reply.chunks())) {
          if ('row' in part) yield* agencies(record(part.row, host));
          else {
            const refusal = refusalOf(record(part.envelope, host), host);
            if (refusal) throw refusal;
          }
        }
      } catch (error) {
        throw deskError(error, host, MAX_DIRECTORY);
      }
    },
  };
}

function baseUrl(address: string, allowHttp: boolean): { base: string; host: string } {
  const text = address.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = httpUrl(full);
  // A password typed into the address must not come back in a message.
  if (!url || url.search || url.hash)
    throw new DeskError('axis.address-invalid', { address: URL.parse(full)?.host ?? text.slice(0, 100) });
  if (url.protocol === 'http:' && !allowHttp)
    throw new DeskError('axis.http-not-allowed', { host: url.host });
  return { base: url.href.replace(/\/+$/, ''), host: url.host };
}

const isGood = (status: number) => status === 200 || status === 201;

/** The JSON object of a reply, null for an empty body (an empty list, in the vendor's reading). */
async function jsonOf(reply: HttpReply, host: string): Promise<Reply | null> {
  if (!isGood(reply.status)) {
    reply.discard();
    throw statusError(reply.status, host);
  }
  const text = (await readAll(reply)).toString('utf8').trim();
  return text === '' ? null : record(JSON.parse(text), host);
}

/** What the axis says against the call; null when it accepted it. ErrorCode decides, its text never does. */
function refusalOf(reply: Reply, host: string): DeskError | null {
  const errorCode = string(reply, 'ErrorCode');
  if (errorCode === '') throw invalid(host, 'ErrorCode');
  if (errorCode === '0' && string(reply, 'status').toUpperCase() !== 'FAIL') return null;
  const detail = oneLine(string(reply, 'ErrorDesc')).slice(0, 200) || '…';
  const code = REFUSALS[errorCode] ?? 'axis.refused';
  return new DeskError(code, code === 'axis.server-error' ? { status: errorCode } : { errorCode, detail });
}

/** The sender-side id in the answer to a send. An answer that is none, or "system error", decides nothing. */
function acceptance(answer: Reply | null, host: string): string | null {
  if (answer === null || string(answer, 'ErrorCode') === '') throw unknownOutcome(invalid(host, 'ErrorCode'));
  const refusal = refusalOf(answer, host);
  if (refusal?.code === 'axis.server-error') throw unknownOutcome(refusal);
  if (refusal) throw refusal;
  return string(answer, 'DocId') || null;
}

function statusError(status: number, host: string): DeskError {
  if (status === 401 || status === 403) return new DeskError('axis.auth');
  if (status === 413) return new DeskError('axis.refused-too-large');
  if (status >= 500) return new DeskError('axis.server-error', { status });
  return new DeskError('axis.reply-invalid', { host, field: `HTTP ${status}` });
}

function unknownOutcome(cause: unknown): DeskError {
  return new DeskError('axis.unknown-outcome', {}, cause);
}

function invalid(host: string, field: string): DeskError {
  return new DeskError('axis.reply-invalid', { host, field });
}

const FAILURES: Readonly<Partial<Record<HttpFailure['reason'], ErrorCode>>> = {
  certificate: 'axis.certificate',
  timeout: 'axis.timeout',
  'too-large': 'axis.reply-too-large',
  aborted: 'host.cancelled',
};

function deskError(error: unknown, host: string, maxReplyBytes: number): unknown {
  // The message of a SyntaxError quotes what could not be parsed, which may be part of a document.
  if (error instanceof SyntaxError) return new DeskError('axis.reply-not-json', { host });
  if (!(error instanceof HttpFailure)) return error;
  const code = FAILURES[error.reason] ?? 'axis.unreachable';
  return new DeskError(code, { host, maxMb: Math.ceil(maxReplyBytes / MB) }, error);
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown, host: string): Reply {
  if (!isReply(value)) throw invalid(host, 'JSON');
  return value;
}

/** A field as text: numbers are accepted where text is usual, and anything else is nothing. */
function string(reply: Reply, name: string): string {
  const value = reply[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** An id with which the axis can be asked again: it travels in a header. Null when it cannot. */
function usableId(reply: Reply, name: string): string | null {
  const value = string(reply, name);
  return isHeaderValue(value) && value !== '' && value.length <= 200 ? value : null;
}

function kindOf(row: Reply): 'edoc' | 'status' | null {
  const kind = string(row, 'messageType').toLowerCase();
  return kind === 'edoc' || kind === 'status' ? kind : null;
}

/** One agency, or none: rows without a code or marked deleted help nobody. */
function agencies(row: Reply): Agency[] {
  const code = string(row, 'code');
  if (code === '' || row['deleted'] === true) return [];
  const name = string(row, 'name').normalize('NFC');
  return [{ code, oldCode: string(row, 'oldCode') || null, name, email: string(row, 'mail') }];
}
