/** Whatever this program writes into a file is never a reason to doubt the signatures before it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as acting from '../../../tests/fixtures/pdf/acting.ts';
import type { ActingOffice } from '../../../tests/fixtures/pdf/acting.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { objectStreams, tagged } from '../../../tests/fixtures/pdf/samples.ts';
import { startServices } from '../../../tests/pki/services/server.ts';
import type { Services } from '../../../tests/pki/services/server.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { fillTextFields } from '../paper/fields.ts';
import { raiseLevel } from './levels/index.ts';
import { openServices } from './levels/services.ts';
import { signPdf } from './sign.ts';
import { importedAnchor } from '../x509/trust.ts';
import { verifyFile } from './verify.ts';
import { readCertificate } from '../x509/certificate.ts';

const { TIME } = acting;
const AGENCY = 'Trường THPT Ví Dụ';
let office: ActingOffice;
let letter: Uint8Array;
beforeAll(async () => {
  office = await acting.actingOffice();
  letter = await drawLetter(SAMPLE_LETTER);
});

const approve = (bytes: Uint8Array) => acting.act(bytes, 'approve', acting.APPROVE, office.leader);
const issue = (bytes: Uint8Array) =>
  acting.act(bytes, 'issue', { ...acting.ISSUE, number: '12', date: '2026-11-20' }, office.agency);

describe('an act after the leader signed', () => {
  const later = {
    'number, date and seal as signatures': issue,
    'an appendix': (bytes) => acting.act(bytes, 'appendix', { code: '12/QĐ-VD', time: TIME }, office.agency),
    'a copy': (bytes) => acting.act(bytes, 'copy', { form: 'SY', agency: AGENCY, time: TIME }, office.agency),
    'an incoming stamp': (bytes) =>
      acting.act(
        bytes,
        'incoming',
        { agency: AGENCY, number: '8', date: '2026-11-20', time: TIME },
        office.agency,
      ),
    'an opinion': (bytes) =>
      acting.act(
        bytes,
        'comment',
        { author: SAMPLE_LETTER.signer, title: 'Hiệu trưởng', text: 'Đồng ý.', time: TIME },
        office.leader,
      ),
    'any signature': (bytes) =>
      acting.act(bytes, 'general', { author: SAMPLE_LETTER.signer, time: TIME }, office.leader),
  } satisfies Record<string, (bytes: Uint8Array) => Promise<Uint8Array>>;

  it.each(Object.entries(later))('%s', async (_, act) => {
    expect(await office.verdictOf(await act(await approve(letter)))).toEqual({
      verdict: 'valid',
      forbidden: [],
    });
  });

  it('a certified draft: number and date filled, then sealed', async () => {
    const approved = await approve(await acting.prepared(letter));
    const values = { SO_VB: '12', NGAY_VB: '20' };
    const filled = acting.append(approved, await fillTextFields(acting.open(approved), values));
    const verdict = { verdict: 'valid-with-changes', forbidden: [] };
    expect(await office.verdictOf(await issue(filled))).toEqual(verdict);
  });

  it('a second signature in a tagged file', async () => {
    const context = { author: SAMPLE_LETTER.signer, time: TIME };
    const once = await acting.act(tagged(), 'general', context, office.leader);
    const twice = await acting.act(once, 'general', context, office.agency);
    expect(await office.verdictOf(twice)).toEqual({ verdict: 'valid', forbidden: [] });
  });
});

describe('levels of a certified file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'acts-'));
  const at = (name: string): string => join(folder, name);
  let services: Services;
  beforeAll(async () => {
    services = await startServices();
  });
  afterAll(async () => {
    await services.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['table', 1],
    ['table', 2],
    ['streams', 1],
  ] as const)('timestamps and validation data, cross-reference by %s, DocMDP %i', async (kind, docMdp) => {
    writeFileSync(at('in.pdf'), kind === 'table' ? letter : await objectStreams());
    const signer = softSigner(await services.certify({ subject: [['CN', SAMPLE_LETTER.signer]] }));
    const request = { target: { kind: 'new', page: 0 }, docMdp } as const;
    await signPdf({ input: at('in.pdf'), output: at('signed.pdf'), request, signer });
    const anchors = [importedAnchor(readCertificate(services.root.certificate))];
    const online = openServices({ tsaUrls: [services.urls.tsa], cacheFolder: at('cache'), anchors });
    const raised = await raiseLevel({ input: at('signed.pdf'), output: at('raised.pdf') }, 'B-LTA', online);
    expect(raised).toMatchObject({
      steps: ['timestamp', 'validation-data', 'archive-timestamp'],
      failure: null,
    });
    const { verdict, changes } = await verifyFile(at('raised.pdf'), { anchors });
    expect(changes.map(({ kind: what, allowed }) => [what, allowed])).toEqual([
      ['timestamp-added', true],
      ['validation-data-added', true],
      ['timestamp-added', true],
    ]);
    expect(verdict).toBe('valid');
    expect(readFileSync(at('raised.pdf')).length).toBeGreaterThan(readFileSync(at('signed.pdf')).length);
  });
});
