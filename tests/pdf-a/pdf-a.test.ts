/** A PDF/A stays one through every act of an office and every level (ISO 19005-1, -2, -3). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFHexString, PDFName } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivalPart } from '../../src/main/pdf/archival.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import type { ActContexts, ActKind } from '../../src/main/paper/plan-act.ts';
import { raiseLevel } from '../../src/main/signature/levels/index.ts';
import { openCache } from '../../src/main/signature/online/cache.ts';
import { httpClient } from '../../src/main/signature/online/http.ts';
import { importedAnchor } from '../../src/main/x509/trust.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { act, APPROVE, ISSUE, prepared, TIME } from '../fixtures/pdf/acting.ts';
import { drawLetter, SAMPLE_LETTER } from '../fixtures/pdf/letters.ts';
import { fontsNotEmbedded, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { LETTER, append, bodyOf, stream, writePdf } from '../attacks/pdf-text.ts';
import { startServices } from '../pki/services/server.ts';
import type { Services } from '../pki/services/server.ts';
import { softSigner } from '../pki/soft-signer.ts';
import type { Signer } from '../../src/main/signature/signer.ts';
import { archivalComplaints } from './rules.ts';
import { needs } from '../needs.ts';

needs('pdfsig', 'qpdf');

const folder = mkdtempSync(join(tmpdir(), 'pdf-a-'));
let services: Services;
let signer: Signer;
const originals = new Map<number, Uint8Array>();
beforeAll(async () => {
  services = await startServices();
  signer = softSigner(await services.certify({ subject: [['CN', 'Nguyễn Thị Minh Hạnh']] }));
  for (const part of [1, 2, 3]) originals.set(part, await archivalLetter(part));
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true });
});

/** The sample letter, its fonts embedded, with the claim of a part in its XMP. */
async function archivalLetter(part: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(await drawLetter(SAMPLE_LETTER));
  const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="${part}" pdfaid:conformance="B"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
  const metadata = pdf.context.stream(xmp, { Type: 'Metadata', Subtype: 'XML' });
  pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(metadata));
  const id = PDFHexString.of('00112233445566778899aabbccddeeff');
  pdf.context.trailerInfo.ID = pdf.context.obj([id, id]);
  return pdf.save({ useObjectStreams: false });
}

const acts: ActContexts = {
  approve: APPROVE,
  issue: { ...ISSUE, number: '123', date: '2026-11-20' },
  appendix: { code: '123/QĐ-THPTVD', time: TIME },
  copy: { form: 'SY', agency: 'Trường THPT Ví Dụ', time: TIME, converter: 'Lê Thị Văn' },
  incoming: { agency: 'Trường THPT Ví Dụ', number: '8916', date: '2026-11-20', time: TIME },
  comment: { author: 'Nguyễn Thị Minh Hạnh', title: 'Hiệu trưởng', text: 'Giao Văn phòng.', time: TIME },
  general: { author: 'Nguyễn Thị Minh Hạnh', agency: 'Trường THPT Ví Dụ', time: TIME },
};

describe.each([1, 2, 3])('part %d', (part) => {
  const original = (): Uint8Array => originals.get(part)!;
  const expectArchival = (bytes: Uint8Array, from = original()): void => {
    expect(archivalComplaints(from, bytes, part)).toEqual([]);
    expect(archivalPart(openPdf(memorySource(bytes)))).toBe(part);
    expect(fontsNotEmbedded(bytes)).toEqual([]);
    expect(qpdfComplaints(bytes)).toBe('');
  };

  it('prepared, approved and issued by fields', async () => {
    const draft = await prepared(original());
    expectArchival(draft);
    const approved = await act(draft, 'approve', APPROVE, signer);
    expectArchival(approved);
    expectArchival(await act(approved, 'issue', acts.issue, signer));
  });

  it.each(Object.keys(acts) as ActKind[])('%s on a file without fields', async (kind) => {
    expectArchival(await act(original(), kind, acts[kind], signer));
  });

  it('raised to B-LTA', async () => {
    const [input, output] = [join(folder, `${part}.pdf`), join(folder, `${part}-lta.pdf`)];
    writeFileSync(input, await act(original(), 'approve', APPROVE, signer));
    const http = httpClient({ trustedHosts: ['127.0.0.1'], maxRedirects: 3 });
    const anchors = [importedAnchor(readCertificate(services.root.certificate))];
    const { failure } = await raiseLevel({ input, output }, 'B-LTA', {
      timestamps: {
        settings: { urls: [services.urls.tsa], timeoutMs: 20_000, tries: 2, pauseMs: 1 },
        http,
        anchors,
      },
      online: { http, cache: openCache(join(folder, 'cache')), now: Date.now },
      anchors,
    });
    expect(failure).toBeNull();
    expectArchival(readFileSync(output));
  });
});

describe('the rules find', () => {
  const file = writePdf(LETTER);
  const withId = Buffer.from(
    file.toString('latin1').replace(' >>\nstartxref', ' /ID [<00> <00>] >>\nstartxref'),
    'latin1',
  );
  const widget = (entries: string): string =>
    `<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] ${entries} >>`;
  const found = (body: string, part = 1): string =>
    archivalComplaints(withId, append(withId, { 70: body }), part).join('\n');

  it.each([
    ['a lost /ID', '<< >>', '6.1.3'],
    ['LZW', stream('', '/Filter /LZWDecode'), '6.1.10'],
    ['a script', '<< /S /JavaScript /JS (x) >>', '6.6.1'],
    ['a soft mask', stream('', '/Subtype /Image /SMask 4 0 R'), '6.4'],
    ['a group', stream('', '/Group << /S /Transparency >>'), '6.4'],
    ['an opacity', '<< /ca 0.5 >>', '6.4'],
    ['a hidden annotation', widget('/F 6'), 'Hidden'],
    ['an annotation that is not printed', widget('/F 0'), 'not printed'],
    ['a rollover appearance', widget('/F 4 /AP << /N 4 0 R /R 4 0 R >>'), 'besides /N'],
    ['a font that is not embedded', '<< /Type /Font /Subtype /TrueType /Widths [] >>', 'not embedded'],
    ['a font without widths', '<< /Type /Font /Subtype /TrueType >>', '/Widths'],
  ])('%s', (_, body, complaint) => {
    expect(found(body)).toContain(complaint);
  });

  it('other metadata, and what later parts allow', () => {
    const catalog = bodyOf(file, 1).replace('>>', '/Metadata 71 0 R >>');
    const changed = append(withId, { 1: catalog, 71: stream('x', '/Type /Metadata /Subtype /XML') });
    expect(archivalComplaints(withId, changed, 2).join()).toContain('metadata');
    expect(found(stream('', '/Group << /S /Transparency >>'), 2)).not.toContain('6.4');
    expect(found(widget('/F 4'), 2)).toContain('6.3.3');
  });
});
