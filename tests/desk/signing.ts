import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as settings from '../../src/main/office/settings/settings.ts';
import type { Store } from '../../src/main/store/index.ts';
import type { DraftFields } from '../../src/shared/ipc/outgoing.ts';
import { appendixPage, replyDraft, replySource } from '../demo/letters.ts';
import { openPki, type DemoPki } from '../demo/pki.ts';
import { DEPARTMENT, HOME_AFFAIRS, PRINCIPAL } from '../demo/sample.ts';
import { sealPng, signaturePng } from '../fixtures/pdf/images.ts';
import { pem } from '../pki/ca.ts';
import { writePkcs12 } from '../pki/pkcs12.ts';

export const PIN = '12345678';

/** Certificates and drawings cost seconds: made once a test file. */
export interface Desk {
  readonly pki: DemoPki;
  readonly letter: Uint8Array;
  readonly appendix: Uint8Array;
}

export async function makeSamples(): Promise<Desk> {
  const [pki, letter, appendix] = await Promise.all([
    openPki(mkdtempSync(join(tmpdir(), 'pki-'))),
    replyDraft(2026),
    appendixPage('Số liệu đầu năm học'),
  ]);
  return { pki, letter, appendix };
}

/** Tokens, images and the trusted root, as the settings screen would enter them. */
export async function equip(store: Store, { pki }: Desk): Promise<void> {
  const put = (name: string, bytes: Uint8Array) => ({ sha256: store.files.put(bytes).sha256, name });
  settings.addRoots(store, null, put('root.pem', Buffer.from(pem('CERTIFICATE', pki.root))));
  for (const [name, identity] of Object.entries({ principal: pki.principal, seal: pki.school }))
    await settings.addPkcs12(store, null, { ...put(name, writePkcs12(identity, PIN)), pin: PIN });
  await settings.saveImage(store, null, { owner: PRINCIPAL.id, file: put('ky.png', signaturePng(3)) });
  await settings.saveImage(store, null, { owner: 'seal', file: put('dau.png', sealPng()) });
}

export function draftOf(
  store: Store,
  { letter, appendix }: Desk,
  changes: Partial<DraftFields> = {},
): DraftFields {
  const put = (name: string, bytes: Uint8Array) => ({ sha256: store.files.put(bytes).sha256, name });
  return {
    kindId: 'CV',
    subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
    unit: 'VP',
    urgency: 'normal',
    dueDate: null,
    signerId: PRINCIPAL.id,
    main: put('bao-cao.pdf', letter),
    source: put('bao-cao.docx', replySource()),
    appendices: [put('phu-luc.pdf', appendix)],
    recipients: [
      { code: DEPARTMENT.code, name: DEPARTMENT.name },
      { code: HOME_AFFAIRS.oldCode, name: HOME_AFFAIRS.name },
    ],
    replyToId: null,
    ...changes,
  };
}
