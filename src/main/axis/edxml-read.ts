import { agencyKey, isStatusCode } from '../../shared/domain/exchange.ts';
import { DeskError } from '../../shared/errors/index.ts';
import {
  child,
  childrenOf,
  day,
  exact,
  integer,
  oneOf,
  organization,
  responseFor,
  staffInfo,
  text,
  time,
} from './edxml-fields.ts';
import type { Reading } from './edxml-fields.ts';
import { NEW_DOCUMENT } from './edxml-model.ts';
import type {
  Business,
  Organization,
  ReadEdoc,
  ReadStatus,
  ReceivedEdoc,
  StatusMessage,
} from './edxml-model.ts';
import { readAttachments } from './manifest-read.ts';
import { descendants, parseXml, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';
import { toUtf8 } from './xml-encoding.ts';
import { oneLine } from './xml-text.ts';

/** Larger than any axis carries (50 MB) by what a hub may add. */
export const MAX_READ_BYTES = 128 * 1024 * 1024;

/**
 * Reads a received message, whatever is wrong with its spelling: prefixes, capitals, order, junk around the root,
 * date forms, wrappers and types of attachments (A 9). Kind is decided by content, not by what the axis lists.
 *
 * Throws `DeskError` (`axis.xml-broken`, `axis.dtd`, `axis.not-edxml`, `axis.read-limit`, `axis.status-unreadable`)
 * when there is no message to be had; everything less is a warning, and the caller keeps the bytes in any case.
 */
export function readEdxml(bytes: Uint8Array, listedAs?: 'edoc' | 'status'): ReadEdoc | ReadStatus {
  if (bytes.length > MAX_READ_BYTES)
    throw new DeskError('axis.read-limit', { what: 'bytes', max: MAX_READ_BYTES });
  const utf8 = toUtf8(bytes);
  const xml = parseXml(utf8.bytes);
  const reading: Reading = { xml, warnings: utf8.warnings };
  if (xml.textAround) reading.warnings.push({ code: 'axis.text-around', params: {} });

  const all = [...descendants(xml.root)];
  const envelope = all.find(({ name }) => name === 'edxmlheader');
  const header =
    child(envelope, 'messageheader', 'status') ?? all.find(({ name }) => name === 'messageheader');
  if (!header) throw new DeskError('axis.not-edxml', { part: 'MessageHeader' });

  const kind = kindOf(reading, header, all);
  if (listedAs !== undefined && listedAs !== kind)
    reading.warnings.push({ code: 'axis.kind-differs', params: { listed: listedAs, actual: kind } });
  if (kind === 'status') return { kind, message: readStatus(reading, header), warnings: reading.warnings };
  const traces = child(envelope, 'traceheaderlist') ?? all.find(({ name }) => name === 'traceheaderlist');
  return { kind, message: readEdoc(reading, header, traces, all), warnings: reading.warnings };
}

/** What a document says of itself and a status never does. */
const OF_A_DOCUMENT = ['subject', 'documenttype', 'promulgationinfo'];

/**
 * A status is a header with a StatusCode and nothing of a document: a letter taken for a status would be acknowledged
 * and lost, so whatever has both is a document.
 */
function kindOf(reading: Reading, header: XmlElement, all: readonly XmlElement[]): 'edoc' | 'status' {
  const code = text(reading, header, 'statuscode');
  if (code === '') return 'edoc';
  const isDocument =
    all.some(({ name }) => name === 'attachment') ||
    OF_A_DOCUMENT.some((name) => saysSomething(reading, child(header, name)));
  if (!isDocument) return 'status';
  reading.warnings.push({ code: 'axis.status-in-document', params: { status: code.slice(0, 20) } });
  return 'edoc';
}

function saysSomething({ xml }: Reading, element: XmlElement | undefined): boolean {
  return element !== undefined && (element.children.length > 0 || textOf(xml, element).trim() !== '');
}

function readStatus(reading: Reading, header: XmlElement): StatusMessage {
  const written = text(reading, header, 'statuscode');
  const code = written.padStart(2, '0');
  if (!isStatusCode(code)) throw new DeskError('axis.status-unreadable', { status: written.slice(0, 20) });
  const staff = child(header, 'staffinfo');
  return {
    kind: 'status',
    from: organization(reading, child(header, 'from')),
    responseFor: responseFor(reading, child(header, 'responsefor')),
    staff: staff ? staffInfo(reading, staff) : null,
    code,
    description: text(reading, header, 'description'),
    at: time(reading, header, 'timestamp'),
  };
}

function readEdoc(
  reading: Reading,
  header: XmlElement,
  traces: XmlElement | undefined,
  all: readonly XmlElement[],
): ReceivedEdoc {
  const code = child(header, 'code');
  const promulgation = child(header, 'promulgationinfo');
  const type = child(header, 'documenttype');
  const signer = child(header, 'signerinfo');
  const other = child(header, 'otherinfo');
  const message: ReceivedEdoc = {
    kind: 'edoc',
    from: organization(reading, child(header, 'from')),
    to: recipients(reading, header),
    documentId: exact(reading, header, 'documentid'),
    number: text(reading, code, 'codenumber'),
    notation: text(reading, code, 'codenotation'),
    place: text(reading, promulgation, 'place'),
    promulgationDate: day(reading, promulgation, 'promulgationdate'),
    type: integer(reading, type, 'type') ?? 0,
    typeDetail: Math.max(integer(reading, type, 'typedetail') ?? 0, 0),
    typeName: typeName(reading, type),
    subject: text(reading, header, 'subject'),
    content: text(reading, header, 'content'),
    signer: {
      competence: text(reading, signer, 'competence'),
      position: text(reading, signer, 'position'),
      fullName: text(reading, signer, 'fullname', 'signer'),
    },
    dueDate: day(reading, header, 'duedate'),
    priority: oneOf(reading, other, 'priority', [0, 1, 2, 3, 4], 0),
    sphere: text(reading, other, 'sphereofpromulgation'),
    typist: text(reading, other, 'typernotation'),
    copies: Math.max(integer(reading, other, 'promulgationamount') ?? 0, 0),
    pages: Math.max(integer(reading, other, 'pageamount') ?? 0, 0),
    appendixes: texts(reading, child(other, 'appendixes'), 'appendix'),
    responseFor: childrenOf(header, 'responsefor')
      .map((element) => responseFor(reading, element))
      .filter(({ organId, code, documentId }) => organId !== '' || code !== '' || documentId !== ''),
    steeringType: integer(reading, header, 'steeringtype') ?? 0,
    toPlaces: texts(reading, child(header, 'toplaces'), 'place'),
    trace: childrenOf(traces, 'traceheader').map((hop) => ({
      organId: exact(reading, hop, 'organid'),
      at: time(reading, hop, 'timestamp'),
    })),
    business: business(reading, traces),
    attachments: readAttachments(reading, all),
  };
  if (message.documentId === '') reading.warnings.push({ code: 'axis.document-id-missing', params: {} });
  if (message.from.organId === '') reading.warnings.push({ code: 'axis.sender-missing', params: {} });
  return message;
}

/** Each recipient once; the order is the sender's. */
function recipients(reading: Reading, header: XmlElement): Organization[] {
  const byKey = new Map<string, Organization>();
  for (const element of childrenOf(header, 'to')) {
    const to = organization(reading, element);
    const key = agencyKey(to.organId) || to.name;
    if (key !== '' && !byKey.has(key)) byKey.set(key, to);
  }
  return [...byKey.values()];
}

/** Some writers put the name straight into DocumentType. */
function typeName(reading: Reading, type: XmlElement | undefined): string {
  return text(reading, type, 'typename') || oneLine(textOf(reading.xml, type)).normalize('NFC');
}

function texts(reading: Reading, parent: XmlElement | undefined, name: string): string[] {
  return childrenOf(parent, name)
    .map((element) => oneLine(textOf(reading.xml, element)).normalize('NFC'))
    .filter((line) => line !== '');
}

/** `Bussiness` is the standard's spelling, `Business` occurs; of several the last counts; none means a new document. */
function business(reading: Reading, traces: XmlElement | undefined): Business {
  const element = traces?.children.findLast(({ name }) => name === 'bussiness' || name === 'business');
  if (!element) return { ...NEW_DOCUMENT, reason: '' };
  const spelling = child(element, 'businessdoctype') ? 'businessdoctype' : 'bussinessdoctype';
  const info = child(element, 'bussinessdocumentinfo', 'businessdocumentinfo');
  const replacements = new Map<string, Set<string>>();
  for (const replaced of childrenOf(child(element, 'replacementinfolist'), 'replacementinfo')) {
    const documentId = exact(reading, replaced, 'documentid');
    if (documentId === '') continue;
    const organIds = replacements.get(documentId) ?? new Set();
    replacements.set(documentId, organIds);
    for (const organ of childrenOf(child(replaced, 'organidlist'), 'organid'))
      organIds.add(oneLine(textOf(reading.xml, organ)));
  }
  return {
    type: oneOf(reading, element, spelling, [0, 1, 2, 3], 0),
    reason: text(reading, element, 'bussinessdocreason', 'businessdocreason'),
    documentId: exact(reading, element, 'documentid'),
    paper: text(reading, element, 'paper') === '1',
    infoChanged: text(reading, info, 'documentinfo') === '1',
    receiverChanges: childrenOf(child(info, 'receiverlist'), 'receiver')
      .map((receiver) => ({
        organId: exact(reading, receiver, 'organid'),
        added: text(reading, receiver, 'receivertype') === '1',
      }))
      .filter(({ organId }) => organId !== ''),
    replaces: [...replacements].map(([documentId, organIds]) => ({ documentId, organIds: [...organIds] })),
    staff: childrenOf(element, 'staffinfo').map((staff) => staffInfo(reading, staff)),
  };
}
