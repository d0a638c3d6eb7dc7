import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { unzipSync } from 'fflate';
import type { Faults } from './faults.ts';
import {
  demand,
  FILE_PROCESSING,
  INVALID_FILE,
  NOT_EDXML,
  RECIPIENT_LOCKED,
  UNKNOWN_RECIPIENT,
  UNREGISTERED_SENDER,
  WRONG_CREDENTIALS,
} from './refusal.ts';
import type { AxisStore, Parcel, Unit } from './store.ts';
import { find, findAll, readMessage, value } from './xml.ts';
import type { Node } from './xml.ts';

const NAMESPACE = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
const MAX_BODY = 50 * 1024 * 1024;

/** A parameter of the call: the header `XroadVnpt-<name>`. */
export function parameter(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[`xroadvnpt-${name.toLowerCase()}`];
  return typeof value === 'string' ? value : '';
}

/** Who is calling: system id, HMAC over the sign-header as received, agreement of all three places, time stamp. */
export function authenticate(
  headers: IncomingHttpHeaders,
  store: AxisStore,
  faults: Faults,
  now: number,
): Unit {
  const systemId = parameter(headers, 'systemid');
  const unit = store.units().find((unit) => systemId !== '' && unit.systemId === systemId);
  demand(unit !== undefined, WRONG_CREDENTIALS, 'Sai SystemId');
  const signed = parameter(headers, 'sign-header');
  const expected = createHmac('sha256', unit.secret).update(signed, 'utf8').digest();
  const received = Buffer.from(parameter(headers, 'hash-header'), 'hex');
  demand(
    received.length === expected.length && timingSafeEqual(received, expected),
    WRONG_CREDENTIALS,
    'Sai SecretKey',
  );
  demand(headersAgree(headers, signed), WRONG_CREDENTIALS, 'Header khong khop chu ky');
  const at = timestampOf(parameter(headers, 'timestamp'));
  demand(at !== null, WRONG_CREDENTIALS, 'Sai timestamp');
  demand(
    faults.maxSkewMs === 0 || Math.abs(now - at) <= faults.maxSkewMs,
    WRONG_CREDENTIALS,
    'Timestamp qua han',
  );
  return unit;
}

function headersAgree(headers: IncomingHttpHeaders, signed: string): boolean {
  let pairs: [string, unknown][];
  try {
    pairs = Object.entries(JSON.parse(signed) as Record<string, unknown>);
  } catch {
    // Not JSON: a correctly signed header that says nothing.
    return false;
  }
  const names = pairs.map(([name]) => name.replace(/^XroadVnpt-/, ''));
  return (
    ['systemid', 'timestamp', 'Content-Type'].every((name) => names.includes(name)) &&
    parameter(headers, 'sign-header-key') === names.join(';') &&
    pairs.every(([name, value]) => name.startsWith('XroadVnpt-') && headers[name.toLowerCase()] === value)
  );
}

/** `ddMMyyyy'T'HHmmss+SSSS` in Vietnamese time, the last four digits milliseconds. */
function timestampOf(text: string): number | null {
  const match = /^(\d{2})(\d{2})(\d{4})T(\d{2})(\d{2})(\d{2})\+(\d{4})$/.exec(text);
  if (!match) return null;
  const [, day, month, year, hours, minutes, seconds, milliseconds] = match;
  const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}+07:00`);
  return Number.isNaN(at) ? null : at + Number(milliseconds);
}

/** A submission that passed every check of A 8, in its order, ready for delivery; `delivered` is still what was sent. */
export function checkSubmission(
  headers: IncomingHttpHeaders,
  body: Buffer,
  unit: Unit,
  store: AxisStore,
  faults: Faults,
): { parcel: Parcel; root: Node } {
  const from = parameter(headers, 'from');
  const kind = parameter(headers, 'messagetype');
  demand(
    from === unit.code,
    UNREGISTERED_SENDER,
    `Don vi gui ${from} khong dung voi ma da dang ky: ${unit.code}`,
  );
  const file = body.subarray(0, body.length - (body.subarray(-2).equals(Buffer.from('\r\n')) ? 2 : 0));
  demand(file.length > 0 && file.length <= MAX_BODY, INVALID_FILE, 'File khong hop le');
  demand(kind === 'edoc' || kind === 'status', INVALID_FILE, 'messagetype khong hop le');

  const root = readMessage(file);
  const envelope = find(root, 'edXMLEnvelope');
  demand(
    envelope !== undefined && namespaceOf(envelope, root) === NAMESPACE,
    NOT_EDXML,
    'Sai namespace edXML',
  );
  demand(!faults.strictPrefix || envelope.name === 'edXML:edXMLEnvelope', NOT_EDXML, 'Thieu tien to edXML');
  const header = find(envelope, 'edXMLHeader', 'MessageHeader');
  demand(header !== undefined, NOT_EDXML, 'Thieu MessageHeader');
  demand(value(header, 'From', 'OrganId') === from, NOT_EDXML, 'From.OrganId khac don vi gui');
  if (kind === 'status') checkStatusFields(header);
  else checkEdocFields(header, envelope);

  const recipients =
    kind === 'status'
      ? [value(header, 'ResponseFor', 'OrganId')]
      : findAll(header, 'To').map((to) => value(to, 'OrganId'));
  const receivers = recipients.flatMap((toCode) => route(toCode, store, faults));
  for (const attachment of findAll(find(root, 'AttachmentEncoded'), 'Attachment'))
    checkAttachment(attachment);
  checkHash(parameter(headers, 'hash-file'), file);

  const code = find(header, 'Code');
  const parcel = {
    kind,
    from,
    sent: file,
    delivered: file,
    receivers,
    title: kind === 'status' ? value(header, 'Description') : value(header, 'Subject'),
    notation:
      kind === 'status'
        ? value(header, 'ResponseFor', 'Code')
        : `${value(code, 'CodeNumber')}/${value(code, 'CodeNotation')}`,
  } as const;
  return { parcel, root };
}

function namespaceOf(envelope: Node, root: Node): string | undefined {
  const colon = envelope.name.indexOf(':');
  const key = colon < 0 ? 'xmlns' : `xmlns:${envelope.name.slice(0, colon)}`;
  return envelope.attributes[key] ?? root.attributes[key];
}

/** A field of the message header; names as a provincial checker reports them. */
function must(present: boolean, field: string): void {
  demand(present, NOT_EDXML, `R.MessageHeader.${field}`);
}

function checkEdocFields(header: Node, envelope: Node): void {
  must(find(header, 'From', 'OrganName') !== undefined, 'From.OrganName');
  const codes = findAll(header, 'To').map((to) => {
    for (const field of ['OrganName', 'OrganAdd']) must(find(to, field) !== undefined, `To.${field}`);
    return value(to, 'OrganId').toUpperCase();
  });
  must(codes.length > 0 && codes.every((code) => code !== ''), 'To.OrganId');
  must(new Set(codes).size === codes.length, 'To (trung)');
  must(value(header, 'DocumentId') !== '', 'DocumentId');
  must(lengthWithin(value(header, 'Code', 'CodeNumber'), 11), 'Code.CodeNumber');
  must(lengthWithin(value(header, 'Code', 'CodeNotation'), 30), 'Code.CodeNotation');
  const date = value(header, 'PromulgationInfo', 'PromulgationDate');
  must(/^\d{4}\/\d{2}\/\d{2}$/.test(date) && Date.parse(date) < Date.now() + 86_400_000, 'PromulgationDate');
  must(/^[12]$/.test(value(header, 'DocumentType', 'Type')), 'DocumentType.Type');
  must(lengthWithin(value(header, 'DocumentType', 'TypeName'), 100), 'DocumentType.TypeName');
  must(lengthWithin(value(header, 'Subject'), 500), 'Subject');
  must((find(header, 'Content')?.text.length ?? 501) <= 500, 'Content');
  must(/^\d*$/.test(value(header, 'SteeringType')), 'SteeringType');
  const traces = findAll(find(envelope, 'edXMLHeader', 'TraceHeaderList'), 'TraceHeader');
  must(traces.length > 0 && traces.every((trace) => value(trace, 'OrganId') !== ''), 'TraceHeader.OrganId');
}

function checkStatusFields(header: Node): void {
  const code = value(header, 'StatusCode');
  must(/^(0[1-6]|1[356])$/.test(code), 'StatusCode');
  must(value(header, 'ResponseFor', 'OrganId') !== '', 'ResponseFor.OrganId');
  must(value(header, 'ResponseFor', 'DocumentId') !== '', 'ResponseFor.DocumentId');
  must(!['02', '13', '16'].includes(code) || value(header, 'Description') !== '', 'Description');
}

const lengthWithin = (text: string, max: number) => text !== '' && text.length <= max;

function route(toCode: string, store: AxisStore, faults: Faults): Parcel['receivers'][number][] {
  const key = toCode.toUpperCase();
  const unit = store
    .units()
    .find(({ code, oldCode }) => code.toUpperCase() === key || oldCode?.toUpperCase() === key);
  demand(unit !== undefined, UNKNOWN_RECIPIENT, `Don vi nhan ${toCode} khong ton tai`);
  demand(unit.locked === 0, RECIPIENT_LOCKED, `Don vi nhan ${toCode} dang bi khoa`);
  const codes = faults.deliverToAliases && unit.oldCode ? [unit.code, unit.oldCode] : [toCode];
  const receivers = codes.map((code) => ({ toCode: code, unitCode: unit.code }));
  return faults.duplicateDelivery ? [...receivers, ...receivers] : receivers;
}

function checkAttachment(attachment: Node): void {
  const name = value(attachment, 'AttachmentName');
  const base64 = value(attachment, 'ContentTransferEncoded').replace(/\s+/g, '');
  demand(
    base64 !== '' && base64.length % 4 === 0 && /^[0-9A-Za-z+/]*={0,2}$/.test(base64),
    FILE_PROCESSING,
    `Khong giai ma duoc ${name}`,
  );
  if (value(attachment, 'ContentType') !== 'application/zip') return;
  try {
    unzipSync(Buffer.from(base64, 'base64'));
  } catch {
    demand(false, FILE_PROCESSING, `${name} khong phai zip`);
  }
}

/** Padded or as the vendor's SDK prints it; absent is allowed. */
function checkHash(hash: string, file: Buffer): void {
  if (hash === '') return;
  const digest = createHash('sha256').update(file).digest();
  const unpadded = Array.from(digest, (byte) => byte.toString(16)).join('');
  demand(hash === digest.toString('hex') || hash === unpadded, FILE_PROCESSING, 'Sai hash-file');
}
