import { Buffer } from 'node:buffer';
import { DeskError } from '../../shared/errors/index.ts';
import { isoWithZone } from '../../shared/text/dates.ts';
import { forVendorReader, realMimeType } from './attachment-type.ts';
import { checkEdoc, checkStatus } from './edxml-check.ts';
import type {
  Attachment,
  Business,
  EdocMessage,
  Organization,
  ResponseFor,
  StaffInfo,
  StatusMessage,
} from './edxml-model.ts';
import { escapeXml, oneLine } from './xml-text.ts';

const EDXML_NAMESPACE = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
const MAX_MESSAGE_BYTES = 50 * 1024 * 1024;

export interface WriteOptions {
  /** UTC milliseconds; documents issued after this day are refused. */
  readonly now: number;
  /** Secrecy mark of the document; anything but `''` is refused. */
  readonly secrecy: string;
  /** `vendor`: types and zip wrappers of the vendor's library, for an axis that accepts nothing else. */
  readonly attachments?: 'real-types' | 'vendor';
}

/** An element: text, or children. Only what an edXML message needs: attributes stand at two fixed places. */
type Element = readonly [name: string, content: string | readonly Element[], attributes?: string];

const NAMESPACE_ATTRIBUTE = ` xmlns:edXML="${EDXML_NAMESPACE}"`;

/**
 * A document as the axis wants it: UTF-8 without BOM, exactly the prefixes other readers rely on (one provincial
 * axis refuses any other layout), white space between elements only.
 * Throws `DeskError` for everything a known receiver refuses or misreads (see `checkEdoc`).
 */
export function writeEdoc(message: EdocMessage, options: WriteOptions): Uint8Array {
  checkEdoc(message, options);
  const attachments = message.attachments.map((attachment) =>
    options.attachments === 'vendor' ? forVendorReader(attachment) : realMimeType(attachment),
  );
  const bytes = document([
    [
      'edXML:edXMLEnvelope',
      [
        [
          'edXML:edXMLHeader',
          [
            ['edXML:MessageHeader', edocHeader(message)],
            ['edXML:TraceHeaderList', traceHeaders(message)],
          ],
        ],
        ['edXML:edXMLBody', [['edXML:edXMLManifest', attachments.map(reference), ' version="1.0"']]],
      ],
      NAMESPACE_ATTRIBUTE,
    ],
    ['AttachmentEncoded', attachments.map(attachmentElement)],
  ]);
  if (bytes.length > MAX_MESSAGE_BYTES)
    throw new DeskError('axis.message-too-large', { sizeMb: mb(bytes.length), maxMb: mb(MAX_MESSAGE_BYTES) });
  return bytes;
}

/** A status (acknowledgement) message; `ResponseFor/OrganId` is its recipient. */
export function writeStatus(status: StatusMessage): Uint8Array {
  checkStatus(status);
  const { from, staff } = status;
  return document([
    [
      'edXML:edXMLEnvelope',
      [
        [
          'edXML:edXMLHeader',
          [
            [
              'edXML:MessageHeader',
              [
                [
                  'edXML:From',
                  [
                    ['edXML:OrganId', from.organId],
                    ...optional('edXML:OrganizationInCharge', from.inCharge),
                    ['edXML:OrganName', from.name],
                    ...contact(from),
                  ],
                ],
                responseFor(status.responseFor),
                ...(staff ? [staffInfo(staff)] : []),
                ['edXML:StatusCode', status.code],
                ['edXML:Description', status.description],
                ...(status.at === null ? [] : ([['edXML:Timestamp', wireTime(status.at)]] as const)),
              ],
            ],
          ],
        ],
      ],
      NAMESPACE_ATTRIBUTE,
    ],
  ]);
}

function edocHeader(message: EdocMessage): Element[] {
  const { signer } = message;
  return [
    ['edXML:From', sender(message.from)],
    ...message.to.map((to): Element => ['edXML:To', recipient(to)]),
    ['edXML:DocumentId', message.documentId],
    [
      'edXML:Code',
      [
        ['edXML:CodeNumber', message.number],
        ['edXML:CodeNotation', message.notation],
      ],
    ],
    [
      'edXML:PromulgationInfo',
      [
        ['edXML:Place', message.place],
        ['edXML:PromulgationDate', wireDate(message.promulgationDate)],
      ],
    ],
    [
      'edXML:DocumentType',
      [
        ['edXML:Type', String(message.type)],
        ['edXML:TypeDetail', String(message.typeDetail)],
        ['edXML:TypeName', message.typeName],
      ],
    ],
    ['edXML:Subject', message.subject],
    ['edXML:Content', message.content],
    [
      'edXML:SignerInfo',
      [
        ...optional('edXML:Competence', signer.competence),
        ...optional('edXML:Position', signer.position),
        ...optional('edXML:FullName', signer.fullName),
      ],
    ],
    ...optional('edXML:DueDate', wireDate(message.dueDate)),
    [
      'edXML:OtherInfo',
      [
        ['edXML:Priority', String(message.priority)],
        ...optional('edXML:SphereOfPromulgation', message.sphere),
        ...optional('edXML:TyperNotation', message.typist),
        ['edXML:PromulgationAmount', String(message.copies)],
        ['edXML:PageAmount', String(message.pages)],
        ['edXML:Direction', 'false'],
        ...list(
          'edXML:Appendixes',
          message.appendixes.map((name) => ['edXML:Appendix', name]),
        ),
      ],
    ],
    ...message.responseFor.map(responseFor),
    ['edXML:SteeringType', String(message.steeringType)],
    ...list(
      'edXML:ToPlaces',
      message.toPlaces.map((place) => ['edXML:Place', place]),
    ),
  ];
}

/** Missing is worse than empty: one axis calls every absent string of the sender "out of range". */
function sender(from: Organization): Element[] {
  return [
    ['edXML:OrganId', from.organId],
    ['edXML:OrganizationInCharge', from.inCharge],
    ['edXML:OrganName', from.name],
    ['edXML:OrganAdd', from.address],
    ['edXML:Email', from.email],
    ['edXML:Telephone', from.telephone],
    ['edXML:Fax', from.fax],
    ['edXML:Website', from.website],
  ];
}

function recipient(to: Organization): Element[] {
  return [
    ['edXML:OrganId', to.organId],
    ...optional('edXML:OrganizationInCharge', to.inCharge),
    ['edXML:OrganName', to.name],
    ['edXML:OrganAdd', to.address],
    ...contact(to),
  ];
}

function contact(organization: Organization): Element[] {
  return [
    ...optional('edXML:Email', organization.email),
    ...optional('edXML:Telephone', organization.telephone),
    ...optional('edXML:Fax', organization.fax),
    ...optional('edXML:Website', organization.website),
  ];
}

function responseFor(response: ResponseFor): Element {
  return [
    'edXML:ResponseFor',
    [
      ['edXML:OrganId', response.organId],
      ['edXML:Code', response.code],
      ['edXML:DocumentId', response.documentId],
      ...optional('edXML:PromulgationDate', wireDate(response.promulgationDate)),
    ],
  ];
}

function staffInfo(staff: StaffInfo): Element {
  return [
    'edXML:StaffInfo',
    [
      ...optional('edXML:Department', staff.department),
      ...optional('edXML:Staff', staff.staff),
      ...optional('edXML:Email', staff.email),
      ...optional('edXML:Mobile', staff.mobile),
    ],
  ];
}

function traceHeaders(message: EdocMessage): Element[] {
  return [
    ...message.trace.map(({ organId, at }): Element => [
      'edXML:TraceHeader',
      [
        ['edXML:OrganId', organId],
        ['edXML:Timestamp', at === null ? '' : wireTime(at)],
      ],
    ]),
    ['edXML:Bussiness', business(message.business)],
  ];
}

function business(business: Business): Element[] {
  const changed = business.infoChanged || business.receiverChanges.length > 0;
  return [
    ...optional('edXML:DocumentId', business.type === 1 || business.type === 2 ? business.documentId : ''),
    ['edXML:BussinessDocType', String(business.type)],
    ['edXML:BussinessDocReason', business.reason],
    ['edXML:Paper', business.paper ? '1' : '0'],
    ...(business.type === 2 && changed ? [documentChanges(business)] : []),
    ...list(
      'edXML:ReplacementInfoList',
      (business.type === 3 ? business.replaces : []).map(({ documentId, organIds }) => [
        'edXML:ReplacementInfo',
        [
          ['edXML:DocumentId', documentId],
          ['edXML:OrganIdList', organIds.map((organId): Element => ['edXML:OrganId', organId])],
        ],
      ]),
    ),
    ...business.staff.map(staffInfo),
  ];
}

function documentChanges(business: Business): Element {
  const changes = business.receiverChanges;
  return [
    'edXML:BussinessDocumentInfo',
    [
      ['edXML:DocumentInfo', business.infoChanged ? '1' : '0'],
      ['edXML:DocumentReceiver', changes.length > 0 ? '1' : '0'],
      ...list(
        'edXML:ReceiverList',
        changes.map(({ organId, added }) => [
          'edXML:Receiver',
          [
            ['edXML:OrganId', organId],
            ['edXML:ReceiverType', added ? '1' : '0'],
          ],
        ]),
      ),
    ],
  ];
}

function reference({ contentId, mimeType, description, name }: Attachment): Element {
  return [
    'edXML:Reference',
    [
      ['edXML:ContentId', `cid:${contentId}`],
      ['edXML:ContentType', mimeType],
      ...optional('edXML:Description', description),
      ['edXML:AttachmentName', name],
    ],
  ];
}

function attachmentElement({ contentId, mimeType, description, name, bytes }: Attachment): Element {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return [
    'Attachment',
    [
      ['ContentId', `cid:${contentId}`],
      ['AttachmentName', name],
      ...optional('Description', description),
      ['ContentType', mimeType],
      ['edXML:ContentTransferEncoded', base64, NAMESPACE_ATTRIBUTE],
    ],
  ];
}

function optional(name: string, text: string): Element[] {
  return text === '' ? [] : [[name, text]];
}

function list(name: string, children: readonly Element[]): Element[] {
  return children.length === 0 ? [] : [[name, children]];
}

/** `yyyy/MM/dd`, the only date form all readers agree on. */
function wireDate(day: string | null): string {
  return day === null ? '' : day.replaceAll('-', '/');
}

/** `yyyy/MM/dd HH:mm:ss` in Vietnamese time, without a zone. */
function wireTime(utcMs: number): string {
  return isoWithZone(utcMs).slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

const mb = (bytes: number) => Math.ceil(bytes / 1024 / 1024);

function document(children: readonly Element[]): Uint8Array {
  const parts: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  render(['edXML', children, ` xmlns="${EDXML_NAMESPACE}"`], '', parts);
  return Buffer.concat(parts.map((part) => Buffer.from(part, 'utf8')));
}

function render([name, content, attributes = '']: Element, indent: string, out: string[]): void {
  if (typeof content === 'string') {
    out.push(`${indent}<${name}${attributes}>`, textOf(name, content), `</${name}>\n`);
    return;
  }
  out.push(`${indent}<${name}${attributes}>\n`);
  for (const child of content) render(child, `${indent}  `, out);
  out.push(`${indent}</${name}>\n`);
}

/** Ids are echoed letter by letter: another normal form would no longer match at their owner's. */
const EXACT = new Set(['edXML:OrganId', 'edXML:DocumentId', 'edXML:Code']);

function textOf(name: string, content: string): string {
  // Base64 of a large file is one long word: nothing to clean or escape.
  if (name === 'edXML:ContentTransferEncoded') return content;
  return escapeXml(oneLine(EXACT.has(name) ? content : content.normalize('NFC')));
}
