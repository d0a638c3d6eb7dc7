import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  pdfAttachment,
  sampleEdoc,
  sampleStatus,
  school,
  SENT_AT,
  textAttachment,
} from '../../../tests/axis/samples.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { administrativeType } from './document-types.ts';
import { NEW_DOCUMENT } from './edxml-model.ts';
import type { EdocMessage } from './edxml-model.ts';
import { writeEdoc, writeStatus } from './edxml-write.ts';

const options = { now: SENT_AT, secrecy: '' };
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const golden = (name: string) =>
  readFileSync(new URL(`../../../tests/axis/golden/${name}.edxml`, import.meta.url), 'utf8');
/** White space between elements is free. */
const packed = (xml: string) => xml.replace(/>\s+</g, '><').trim();
const traceOf = (bytes: Uint8Array) =>
  packed(/<edXML:TraceHeaderList>[^]*<\/edXML:TraceHeaderList>/.exec(text(bytes))?.[0] ?? '');
const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof DeskError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a document on the wire', () => {
  it('is the composed example, element by element', () => {
    expect(text(writeEdoc(sampleEdoc(), options))).toBe(golden('new-document'));
  });

  it('recalls, updates and replaces as the examples do', () => {
    const staff = [{ department: 'Văn thư', staff: 'Trần Thị Mẫu', email: '', mobile: '' }];
    const documentId = 'H99.05.021,2025/10/13,12/CV-THPTVD';
    const recall = sampleEdoc({
      trace: [{ organId: 'H99.05.021', at: Date.parse('2025-10-14T08:00:00+07:00') }],
      business: { ...NEW_DOCUMENT, type: 1, reason: 'Gửi nhầm nơi nhận', documentId, staff },
    });
    expect(traceOf(writeEdoc(recall, options))).toBe(packed(golden('recall.fragment')));
    const update = sampleEdoc({
      business: {
        ...NEW_DOCUMENT,
        type: 2,
        reason: 'Cập nhật biểu số liệu',
        documentId,
        infoChanged: true,
        receiverChanges: [
          { organId: '000.00.07.H99', added: false },
          { organId: 'H99.09', added: true },
        ],
      },
    });
    expect(traceOf(writeEdoc(update, options))).toContain(packed(golden('update.fragment')));
    const replacement = sampleEdoc({
      documentId: 'H99.05.021,2025/10/13,13/CV-THPTVD',
      business: {
        ...NEW_DOCUMENT,
        type: 3,
        reason: 'Thay thế Công văn số 12/CV-THPTVD',
        replaces: [{ documentId, organIds: ['H99.05'] }],
      },
    });
    expect(traceOf(writeEdoc(replacement, options))).toContain(packed(golden('replacement.fragment')));
  });

  it('writes empty elements where absence breaks a checker', () => {
    const bare = sampleEdoc({ content: '', place: '' });
    for (const element of ['Content', 'Place', 'OrganAdd', 'Fax'])
      expect(text(writeEdoc(bare, options))).toContain(`<edXML:${element}></edXML:${element}>`);
  });

  it('carries any text, cleaned of what XML cannot hold', () => {
    const subject = 'a < b & c ]]> d\u0000\u000b\ud800\r\n\te\u0301';
    const xml = text(writeEdoc(sampleEdoc({ subject }), options));
    expect(xml).toContain(
      '<edXML:Subject>a &lt; b &amp; c ]]&gt; d \ufffd \u00e9</edXML:Subject>'.normalize('NFC'),
    );
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true);
  });

  it('sends raw bytes under real types, and the vendor library layout on request', () => {
    const attachments = ['so.xlsx', 'goi.ZIP', 'thu.docx'].map((name, index) => ({
      contentId: `id-${index}`,
      name,
      description: '',
      mimeType: '',
      bytes: new Uint8Array([80, 75, index]),
    }));
    const types = (bytes: Uint8Array) =>
      [...text(bytes).matchAll(/<ContentType>(.*?)</g)].map((match) => match[1]);
    const raw = writeEdoc(sampleEdoc({ attachments }), options);
    expect(types(raw)).toEqual([
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/zip',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ]);
    expect(text(raw)).toContain('<AttachmentName>goi.zip</AttachmentName>');
    const vendor = writeEdoc(sampleEdoc({ attachments }), { ...options, attachments: 'vendor' });
    expect(types(vendor)).toEqual(['application/zip', 'application/zip', 'application/docx']);
    expect(text(vendor)).toContain(`>${Buffer.from([80, 75, 1]).toString('base64')}<`);
    expect(text(vendor)).not.toContain(`>${Buffer.from([80, 75, 0]).toString('base64')}<`);
  });

  it('knows the annex index of a kind by its name', () => {
    expect(administrativeType('công văn')).toEqual({ type: 2, typeDetail: 18 });
    expect(administrativeType('Phiếu gửi')).toEqual({ type: 2, typeDetail: 0 });
  });
});

describe('what never leaves', () => {
  const cases: [string, Partial<EdocMessage>, string][] = [
    [
      'a repeated recipient, however spelt',
      { to: [school, { ...school, organId: 'h99.05.021 ' }] },
      'axis.recipient-repeated',
    ],
    ['no recipient', { to: [] }, 'axis.field-missing'],
    ['a recipient without a name', { to: [{ ...school, name: ' ' }] }, 'axis.field-missing'],
    ['a malformed agency code', { from: { ...school, organId: 'H99 05' } }, 'axis.agency-code-invalid'],
    ['no document id', { documentId: '' }, 'axis.field-missing'],
    ['no number', { number: '' }, 'axis.field-missing'],
    ['a future date', { promulgationDate: '2025-10-14' }, 'axis.date-in-future'],
    ['an impossible date', { promulgationDate: '2025-02-30' }, 'axis.field-invalid'],
    ['a date in another form', { dueDate: '20/10/2025' }, 'axis.field-invalid'],
    ['a long subject', { subject: 'a'.repeat(501) }, 'axis.field-too-long'],
    ['a fractional steering type', { steeringType: 1.5 }, 'axis.field-invalid'],
    [
      'a recall without reason',
      { business: { ...NEW_DOCUMENT, type: 1, reason: '', documentId: 'x' } },
      'axis.reason-missing',
    ],
    ['a replacement of nothing', { business: { ...NEW_DOCUMENT, type: 3 } }, 'axis.field-missing'],
    ['no trace header', { trace: [] }, 'axis.field-missing'],
    ['no attachment', { attachments: [] }, 'axis.attachment-none'],
    [
      'an empty attachment',
      { attachments: [{ ...pdfAttachment, bytes: new Uint8Array() }] },
      'axis.attachment-empty',
    ],
    [
      'one content id twice',
      { attachments: [pdfAttachment, { ...textAttachment, contentId: pdfAttachment.contentId }] },
      'axis.field-invalid',
    ],
    ['a secrecy mark in the text', { subject: 'Kế hoạch ứng phó (TỐI MẬT)' }, 'axis.secret-document'],
    [
      'a message over the limit',
      { attachments: [{ ...pdfAttachment, bytes: new Uint8Array(40e6) }] },
      'axis.message-too-large',
    ],
  ];
  it.each(cases)('%s', (_, changes, code) => {
    expect(codeOf(() => writeEdoc(sampleEdoc(changes), options))).toBe(code);
  });

  it('a document marked secret, while talk about secrecy may', () => {
    expect(codeOf(() => writeEdoc(sampleEdoc(), { ...options, secrecy: 'MẬT' }))).toBe(
      'axis.secret-document',
    );
    expect(codeOf(() => writeEdoc(sampleEdoc({ subject: 'VỀ VIỆC BẢO MẬT THÔNG TIN' }), options))).toBe(
      'none',
    );
  });
});

describe('a status on the wire', () => {
  it('is the composed example', () => {
    expect(text(writeStatus(sampleStatus()))).toBe(golden('status-accepted'));
  });

  it('asks to take a document back in the sender’s own name', () => {
    const xml = text(
      writeStatus(
        sampleStatus({
          from: school,
          responseFor: { ...sampleStatus().responseFor, organId: 'H99.05' },
          code: '13',
          description: 'Gửi nhầm nơi nhận',
        }),
      ),
    );
    expect(packed(xml)).toContain('<edXML:From><edXML:OrganId>H99.05.021<');
    expect(packed(xml)).toContain('<edXML:ResponseFor><edXML:OrganId>H99.05<');
    expect(xml).toContain('<edXML:StatusCode>13<');
  });

  it('echoes the id of the document letter by letter', () => {
    const documentId = 'H99.05,2025/10/01,345/SGDĐT-vp-e\u0301';
    const status = sampleStatus({ responseFor: { ...sampleStatus().responseFor, documentId } });
    expect(text(writeStatus(status))).toContain(documentId);
  });

  it('is refused without an id to answer, or a reason where one is due', () => {
    const { responseFor } = sampleStatus();
    expect(codeOf(() => writeStatus(sampleStatus({ responseFor: { ...responseFor, documentId: '' } })))).toBe(
      'axis.field-missing',
    );
    for (const code of ['02', '13', '16'] as const)
      expect(codeOf(() => writeStatus(sampleStatus({ code, description: '' })))).toBe('axis.reason-missing');
  });
});
