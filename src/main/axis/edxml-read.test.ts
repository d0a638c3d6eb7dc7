import { readFileSync } from 'node:fs';
import { Zip, ZipDeflate, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pdfAttachment, sampleEdoc, sampleStatus, SENT_AT } from '../../../tests/axis/samples.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { NEW_DOCUMENT, statusFor } from './edxml-model.ts';
import type { EdocMessage, ReadEdoc, ReadStatus } from './edxml-model.ts';
import { readEdxml } from './edxml-read.ts';
import { writeEdoc, writeStatus } from './edxml-write.ts';

const options = { now: SENT_AT, secrecy: '' };
const golden = (name: string) =>
  readFileSync(new URL(`../../../tests/axis/golden/${name}.edxml`, import.meta.url), 'utf8');
const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (xml: string | Uint8Array, listedAs?: 'edoc' | 'status') =>
  readEdxml(typeof xml === 'string' ? utf8(xml) : xml, listedAs);
const edoc = (xml: string | Uint8Array): ReadEdoc => {
  const result = read(xml);
  if (result.kind !== 'edoc') throw new Error('expected a document');
  return result;
};
const status = (xml: string | Uint8Array): ReadStatus => {
  const result = read(xml);
  if (result.kind !== 'status') throw new Error('expected a status');
  return result;
};
const codes = (result: { warnings: readonly { code: string }[] }) => result.warnings.map(({ code }) => code);
const codeOf = (xml: string | Uint8Array) => {
  try {
    read(xml);
  } catch (error) {
    if (error instanceof DeskError) return error.code;
    throw error;
  }
  return 'none';
};
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const documentXml = golden('new-document');
const statusXml = golden('status-accepted');
/** The sample with its one PDF's base64 (both parts as given) replaced. */
const withPayload = (payload: string, name = '12-CV-THPTVD.pdf') =>
  documentXml.replace('JVBERi0xLjQKJSVFT0YK', payload).replaceAll('12-CV-THPTVD.pdf', name);
const firstFile = (result: ReadEdoc) => {
  const [first] = result.message.attachments;
  if (!first) throw new Error('no attachment');
  return first;
};

const strip = (message: EdocMessage) => ({
  ...message,
  attachments: message.attachments.map(({ contentId, name, description, mimeType, bytes }) => ({
    contentId,
    name,
    description,
    mimeType,
    bytes: base64(bytes),
  })),
});

describe('what we write comes back', () => {
  it.each([
    ['new', {}],
    ['recall', { type: 1, documentId: 'H99.05.021,2025/10/13,12/CV-THPTVD' }],
    [
      'update',
      { type: 2, documentId: 'x', infoChanged: true, receiverChanges: [{ organId: 'H99.09', added: true }] },
    ],
    ['replacement', { type: 3, replaces: [{ documentId: 'x', organIds: ['H99.05', 'H99.09'] }] }],
  ] as const)('%s', (_, business) => {
    const message = sampleEdoc({ business: { ...NEW_DOCUMENT, reason: 'Lý do', ...business } });
    const result = edoc(writeEdoc(message, options));
    expect(strip(result.message)).toEqual(strip(message));
    expect(result.warnings).toEqual([]);
  });

  it('in the vendor library layout too', () => {
    const result = edoc(writeEdoc(sampleEdoc(), { ...options, attachments: 'vendor' }));
    expect(strip(result.message)).toEqual(strip(sampleEdoc()));
  });

  it('statuses', () => {
    expect(status(writeStatus(sampleStatus()))).toEqual({
      kind: 'status',
      message: sampleStatus(),
      warnings: [],
    });
  });
});

describe('what an axis hands over', () => {
  it('is the same document after reordering, re-zipping, dropped and emptied elements (A 10.7)', () => {
    const wrapped = base64(zipSync({ '0b9f6f6e-1c1e-4b58-9a55-3e2f1d3c0a02.txt': utf8('lớp 10\nlớp 11\n') }));
    const xml = documentXml
      .replace(/<edXML:(OrganAdd|Fax|Website)><\/edXML:\1>/g, '')
      .replace(
        /(<edXML:TraceHeader>[^]*<\/edXML:TraceHeader>)\s*(<edXML:Bussiness>[^]*<\/edXML:Bussiness>)/,
        '$2$1<edXML:TraceHeader><edXML:Timestamp>2025/10/13 10:30:00</edXML:Timestamp></edXML:TraceHeader>' +
          '<edXML:TraceHeader><edXML:OrganId>null</edXML:OrganId></edXML:TraceHeader>',
      )
      .replace(/<edXML:ResponseFor>[^]*<\/edXML:ResponseFor>/, '<ResponseFor />')
      .replace('</edXML:To>', '</edXML:To><edXML:To><edXML:OrganId>h99.05</edXML:OrganId></edXML:To>')
      .replace('<ContentId>cid:', '<ContentId>cid:cid:')
      .replace('<ContentType>text/plain</ContentType>', '<ContentType>application/zip</ContentType>')
      .replace('bOG7m3AgMTAKbOG7m3AgMTEK', wrapped);
    const { message, warnings } = edoc(xml);
    const sent = sampleEdoc();
    expect(warnings).toEqual([]);
    expect(message).toMatchObject({
      documentId: sent.documentId,
      to: [{ organId: 'H99.05' }, { organId: '000.00.07.H99' }],
      responseFor: [],
      business: sent.business,
      trace: [sent.trace[0], { organId: '', at: SENT_AT + 282_000 }, { organId: '', at: null }],
    });
    expect(message.attachments.map(({ bytes, description }) => [base64(bytes), description])).toEqual(
      sent.attachments.map(({ bytes, description }) => [base64(bytes), description]),
    );
  });

  it.each([
    ['digits before the declaration', `1212${documentXml}`, ['axis.text-around']],
    ['white space and a BOM', `\ufeff\r\n ${documentXml.replaceAll('\n', '\r\n')}\r\n`, []],
    ['text after the root', `${documentXml}OK`, ['axis.text-around']],
    ['other prefixes', documentXml.replaceAll('edXML:', 'ns1:'), []],
    ['no prefixes, no namespaces', documentXml.replaceAll('edXML:', '').replace(/ xmlns="[^"]*"/g, ''), []],
    [
      'other capitals',
      documentXml.replaceAll('edXMLEnvelope', 'EdXMLEnvelope').replaceAll('edXMLHeader', 'EDXMLHeader'),
      [],
    ],
    [
      'an unbound prefix outside the envelope',
      documentXml.replaceAll('AttachmentEncoded', 'edXML:AttachmentEncoded'),
      [],
    ],
    ['the correct spelling of business', documentXml.replaceAll('Bussiness', 'Business'), []],
    ['UTF-8 under another name', documentXml.replace('UTF-8', 'windows-1258'), ['axis.encoding-differs']],
  ])('%s', (_, xml, expected) => {
    const result = edoc(xml);
    expect(result.message.subject).toBe(sampleEdoc().subject);
    expect(result.message.business.staff).toHaveLength(1);
    expect(result.message.attachments).toHaveLength(2);
    expect(codes(result)).toEqual(expected);
  });

  it('UTF-16, and bytes that are not the declared encoding', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(documentXml, 'utf16le')]);
    expect(edoc(utf16).message.subject).toBe(sampleEdoc().subject);
    const damaged = Buffer.from(documentXml);
    damaged[damaged.indexOf('Nội')] = 0xff;
    expect(codes(edoc(damaged))).toEqual(['axis.encoding-broken']);
  });

  it('only envelope and header are needed; N/A, null and padding are nothing', () => {
    const { message, warnings } = edoc(
      '<e><edXMLHeader><MessageHeader><From><OrganId> H99.1\n</OrganId><OrganName>N/A</OrganName></From>' +
        '<DocumentType>Công văn</DocumentType><DueDate>null</DueDate><DocumentId>a</DocumentId>' +
        '<SignerInfo><Signer>A  B</Signer></SignerInfo></MessageHeader></edXMLHeader></e>',
    );
    expect(message).toMatchObject({
      from: { organId: 'H99.1', name: '' },
      typeName: 'Công văn',
      dueDate: null,
      signer: { fullName: 'A B' },
      business: { type: 0 },
      attachments: [],
    });
    expect(warnings).toEqual([]);
  });

  it('keeps ids letter by letter, other text in NFC', () => {
    const xml = documentXml
      .replace('H99.05.021,2025/10/13,12/CV-THPTVD', 'id-e\u0301')
      .replace('Nguyễn Văn Mẫu', 'Nguyễn Văn Mẫu'.normalize('NFD'));
    expect(edoc(xml).message.documentId).toBe('id-e\u0301');
    expect(edoc(xml).message.signer.fullName).toBe('Nguyễn Văn Mẫu');
  });

  it.each([
    ['2025-10-13', '2025-10-13'],
    ['13/10/2025', '2025-10-13'],
    ['13-10-2025 08:09:10', '2025-10-13'],
    ['2025-10-12T20:00:00Z', '2025-10-13'],
    ['20251013', '2025-10-13'],
    ['1760300000000', '2025-10-13'],
    ['2025/1/3', '2025-01-03'],
    ['2014/02/30', null],
    ['0019/10/13', null],
    ['ngày 13', null],
  ])('date %s is %s', (written, day) => {
    const result = edoc(
      documentXml.replace('<edXML:PromulgationDate>2025/10/13', `<edXML:PromulgationDate>${written}`),
    );
    expect(result.message.promulgationDate).toBe(day);
    expect(codes(result)).toEqual(day === null ? ['axis.date-unreadable'] : []);
  });

  it('says which values it could not use', () => {
    const xml = documentXml
      .replace('<edXML:Priority>0', '<edXML:Priority>9')
      .replace('<edXML:BussinessDocType>0', '<edXML:BussinessDocType>moi');
    expect(codes(edoc(xml))).toEqual(['axis.value-unknown', 'axis.value-unknown']);
  });

  it('never invents an id: such a document is kept, flagged and cannot be answered', () => {
    const result = edoc(documentXml.replace(/<edXML:DocumentId>H99.05.021,[^]*?<\/edXML:DocumentId>/, ''));
    expect(result.message.documentId).toBe('');
    expect(codes(result)).toEqual(['axis.document-id-missing']);
    const answer = { code: '01', description: '', at: SENT_AT, staff: null } as const;
    expect(statusFor(result.message, sampleStatus().from, answer)).toBeNull();
    expect(statusFor(sampleEdoc(), sampleStatus().from, answer)?.responseFor).toEqual(
      sampleStatus().responseFor,
    );
  });

  it('tells a document without the code of its sender', () => {
    expect(codes(edoc(documentXml.replace('<edXML:OrganId>H99.05.021</edXML:OrganId>', '')))).toEqual([
      'axis.sender-missing',
    ]);
  });
});

describe('statuses', () => {
  it.each([
    ['under Status', statusXml.replaceAll('edXML:MessageHeader', 'edXML:Status')],
    [
      'in a SOAP envelope',
      `<s:Envelope><s:Body>${statusXml.slice(statusXml.indexOf('<edXML '))}</s:Body></s:Envelope>`,
    ],
    ['with a padded one-digit code', statusXml.replace('>03<', '>\n 3 <')],
  ])('%s', (_, xml) => {
    expect(status(xml).message).toEqual(sampleStatus());
  });

  it('unknown codes are not guessed', () => {
    expect(codeOf(statusXml.replace('>03<', '>99<'))).toBe('axis.status-unreadable');
  });

  it('content wins over what the axis listed', () => {
    expect(codes(read(statusXml, 'edoc'))).toEqual(['axis.kind-differs']);
  });

  it.each([
    ['as it is', documentXml],
    ['without an attachment', documentXml.replace(/<AttachmentEncoded[\s\S]*<\/AttachmentEncoded>/, '')],
    ['listed as a status', documentXml],
  ])('a document that carries a status code stays a document: %s', (how, xml) => {
    const carrying = xml.replace(
      '</edXML:Subject>',
      '</edXML:Subject><edXML:StatusCode>01</edXML:StatusCode>',
    );
    expect(carrying).not.toBe(xml);
    const result = read(carrying, how === 'listed as a status' ? 'status' : 'edoc');
    expect(result.message).toMatchObject({ kind: 'edoc', subject: sampleEdoc().subject });
    expect(codes(result)).toContain('axis.status-in-document');
  });

  it('an empty status code says nothing', () => {
    const result = edoc(documentXml.replace('</edXML:Subject>', '</edXML:Subject><edXML:StatusCode/>'));
    expect(codes(result)).toEqual([]);
  });
});
const problems = (xml: string) => firstFile(edoc(xml)).problems.map(({ code }) => code);

describe('attachments', () => {
  const text = utf8('nội dung '.repeat(40));

  it('decodes with line breaks, references, both alphabets, inside CDATA', () => {
    for (const payload of [
      'JVBERi0x\r\nLjQKJSVFT0YK',
      'JVBERi0x&#13;\nLjQKJSVFT0YK',
      '<![CDATA[JVBERi0xLjQKJSVFT0YK]]>',
    ])
      expect(base64(firstFile(edoc(withPayload(payload))).bytes)).toBe('JVBERi0xLjQKJSVFT0YK');
    expect([...firstFile(edoc(withPayload('-_-_', 'a.bin'))).bytes]).toEqual([0xfb, 0xff, 0xbf]);
  });

  it.each([
    ['template text', '${item.content}', 'axis.attachment-undecodable'],
    ['truncated to a lone letter', 'JVBERi0xLjQKJSVFT', 'axis.attachment-undecodable'],
    ['empty', '', 'axis.attachment-empty'],
    ['a stray character', 'JVBERi0x#LjQKJSVFT0YK', 'axis.attachment-junk'],
    ['an exe called PDF', base64(utf8('MZ\u0000\u0001')), 'axis.attachment-type-differs'],
    [
      'a PDF that went through a text conversion',
      base64(utf8(`%PDF-1.7\n${'\ufffd'.repeat(30)}`)),
      'axis.attachment-mangled',
    ],
  ])('%s: the message stays, the file is flagged', (_, payload, code) => {
    expect(problems(withPayload(payload))).toEqual([code]);
  });

  it('unwraps by bytes: one entry of the same extension or named by a UUID, data descriptors and all', () => {
    const streamed: Uint8Array[] = [];
    const zip = new Zip((_, chunk) => streamed.push(chunk));
    const entry = new ZipDeflate('A7A3C2E0-1111-2222-3333-444455556666.TXT');
    zip.add(entry);
    entry.push(text, true);
    zip.end();
    for (const wrapper of [
      Buffer.concat(streamed),
      zipSync({ 'so-lieu.xls': text }),
      zipSync({ 'so-lieu.xls': [text, { level: 0 }] }),
    ])
      expect(firstFile(edoc(withPayload(base64(wrapper), 'so-lieu.xls'))).bytes).toEqual(Buffer.from(text));
  });

  it.each([
    ['a zip called zip', { 'a.txt': text }, 'goi.ZIP'],
    ['two entries', { 'a.txt': text, 'b.txt': text }, 'a.txt'],
    ['an office file', { '[Content_Types].xml': text, 'a.xml': text }, 'thu.docx'],
    ['an ASiC or ODF file', { mimetype: text }, 'thu.odt'],
  ])('leaves %s as it is', (_, entries, name) => {
    const bytes = zipSync(entries);
    expect(Buffer.compare(firstFile(edoc(withPayload(base64(bytes), name))).bytes, bytes)).toBe(0);
    expect(problems(withPayload(base64(bytes), name))).toEqual([]);
  });

  it('flags wrappers that are cut, damaged or blow up, keeping their bytes', () => {
    const good = zipSync({ 'a.xls': [text, { level: 0 }] });
    const damaged = good.slice();
    damaged[40] = (damaged[40] ?? 0) ^ 1;
    const bomb = zipSync({ 'a.xls': new Uint8Array(1_000_000) });
    for (const bytes of [good.subarray(0, -10), damaged, bomb]) {
      const xml = withPayload(base64(bytes), 'a.xls');
      expect(problems(xml)).toEqual(['axis.attachment-bad-zip']);
      expect(Buffer.compare(firstFile(edoc(xml)).bytes, bytes)).toBe(0);
    }
  });

  it('matches the manifest by id, name or place, and keeps an entry whose content did not come', () => {
    const constant = documentXml.replace(/cid:0b9f6f6e-1c1e-4b58-9a55-3e2f1d3c0a0\d/g, 'cid:209');
    expect(edoc(constant).message.attachments.map(({ description }) => description)).toEqual([
      'Công văn đã ký số',
      '',
    ]);
    const dotNet = documentXml.replace(
      /<edXML:Reference>[^]*?<\/edXML:Reference>/,
      '<edXML:Reference xlink:href="cid:0b9f6f6e-1c1e-4b58-9a55-3e2f1d3c0a01" xlink:type="simple"/>',
    );
    expect(edoc(dotNet).message.attachments).toHaveLength(2);
    const cut = documentXml.replace(/<Attachment>(?:(?!<Attachment>)[^])*<\/Attachment>\s*<\/Att/, '</Att');
    const [, missing] = edoc(cut).message.attachments;
    expect(missing?.name).toBe('Biểu số liệu.txt');
    expect(missing?.problems).toEqual([
      { code: 'axis.attachment-missing', params: { name: 'Biểu số liệu.txt' } },
    ]);
    expect(
      edoc(documentXml.replace(/<edXML:edXMLBody>[^]*<\/edXML:edXMLBody>/, '')).message.attachments,
    ).toHaveLength(2);
  });

  it('reads home-made layouts', () => {
    const xml = documentXml.replace(
      /<AttachmentEncoded>[^]*<\/AttachmentEncoded>/,
      '<edXMLAttachments><Attachment><FileName>a.txt</FileName><Content>YWI=</Content></Attachment></edXMLAttachments>',
    );
    expect(firstFile(edoc(xml)).bytes.toString()).toBe('ab');
  });

  it('gives names that may touch a disk', () => {
    const attachments = [
      '../../etc/passwd',
      'C:\\x\\CON.pdf',
      'a.pdf',
      'A.PDF',
      '...',
      `${'ệ'.repeat(300)}.pdf`,
    ].map((name, index) => Object.assign({}, pdfAttachment, { contentId: `id-${index}`, name }));
    const names = edoc(writeEdoc(sampleEdoc({ attachments }), options)).message.attachments.map(
      ({ safeName }) => safeName,
    );
    expect(names.slice(0, 5)).toEqual(['passwd', '_CON.pdf', 'a.pdf', 'A (2).PDF', 'tep-dinh-kem']);
    expect(Buffer.byteLength(names[5] ?? '')).toBeLessThanOrEqual(200);
    expect(names[5]).toMatch(/ệ\.pdf$/);
  });
});
