import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EdocMessage } from '../../src/main/axis/edxml-model.ts';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { DEPARTMENT, SCHOOL, TOKENS } from '../demo/sample.ts';
import { settled } from '../demo/settled.ts';
import { pdfsig } from '../pki/readers.ts';
import { documentIn, expectClear, expectWhole, fileOf, type Office, openOffice, signing } from './set-up.ts';
import { needs } from '../needs.ts';

/** Between signing offline and being sent, through the desk: what is asked and added before the axis takes a document. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.goRound();
});
afterEach(async () => {
  for (const service of ['tsa', 'ocsp', 'crl'] as const) office.demo.services.always(service, null);
  await office.demo.goOnline();
  await demand(false);
});
afterAll(async () => {
  await expectWhole(office.clerk);
  await office.close();
});

const detailOf = (id: string) => office.clerk.call('outgoing.get', { id });
const sync = () => office.clerk.call('exchange.sync', {});
const problemsOf = async (id: string) => (await detailOf(id)).deliveries.map(({ problem }) => problem?.code);
const statesOf = async (id: string) => (await detailOf(id)).deliveries.map(({ state }) => state);

/** Whether nothing may leave without a timestamp. */
async function demand(timestampBeforeSending: boolean): Promise<void> {
  const { services } = await office.clerk.call('settings.get', {});
  await office.clerk.call('settings.save-services', { ...services, timestampBeforeSending });
}

/** Every letter of the school about this document that the axis took for the department. */
const taken = (documentId: string): EdocMessage[] =>
  office.axis
    .waiting(DEPARTMENT.code, 'edoc', true)
    .filter(({ fromCode }) => fromCode === SCHOOL.code)
    .map(({ docId }) => readEdxml(office.axis.received(docId, DEPARTMENT.code)!).message as EdocMessage)
    .filter((message) => message.documentId === documentId);

/** Lists fetched so long ago are good until they end, but say nothing of a signature made since. */
function ageLists(): void {
  const folder = join(office.dataDir, 'office', 'online');
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.answer'))) {
    const [head, ...rest] = readFileSync(join(folder, name)).toString('latin1').split('\n');
    const aged = { ...(JSON.parse(head!) as { fetchedAt: number }), fetchedAt: Date.now() - 7_200_000 };
    writeFileSync(join(folder, name), Buffer.from([JSON.stringify(aged), ...rest].join('\n'), 'latin1'));
  }
}

/** Sealed and issued with the network gone, lists fetched before at hand. */
async function issuedOffline(): Promise<string> {
  const { clerk, demo } = office;
  const id = await documentIn('numbered', office);
  await settled(() => detailOf(id));
  await demo.goOffline();
  ageLists();
  const sealing = await signing(clerk, id, 'seal', TOKENS.agency);
  await clerk.call('signing.sign', { ...sealing, acceptUnchecked: true });
  await clerk.call('outgoing.issue', { id });
  await sync();
  expect(await statesOf(id)).toEqual(['queued', 'queued']);
  return id;
}

describe('a document signed and issued without a network', () => {
  it('is asked about before the axis takes it, and goes when nothing speaks against it', async () => {
    const id = await issuedOffline();
    const before = office.demo.services.asked.length;
    await office.demo.goOnline();
    await sync();
    expect(office.demo.services.asked.slice(before)).toContain('/crl/issuing.crl');
    const { documentId, official } = await settled(() => detailOf(id));
    expect(taken(documentId)).toHaveLength(1);
    expect(official?.verdict).toBe('original');
  });

  it('goes with what nobody can tell, once that has been tried', async () => {
    const id = await issuedOffline();
    for (const service of ['ocsp', 'crl'] as const) office.demo.services.always(service, 'busy');
    const before = office.demo.services.asked.length;
    await office.demo.goOnline();
    await sync();
    expect(office.demo.services.asked.slice(before)).toContain('/crl/issuing.crl');
    const { documentId, alarm } = await detailOf(id);
    expect(taken(documentId)).toHaveLength(1);
    expect(alarm).toBeNull();
  });

  needs('pdfsig')(
    'leaves with a timestamp where the office wants one: the message is written anew, once',
    async () => {
      await demand(true);
      const id = await issuedOffline();
      const sealed = await detailOf(id);
      const signed = readFileSync(await office.clerk.filePath(fileOf(sealed, 'main')));
      office.demo.services.always('tsa', 'busy');
      await office.demo.goOnline();
      await sync();
      expect(taken(sealed.documentId)).toEqual([]);
      expect(await problemsOf(id)).toEqual(Array(2).fill('documents.timestamp-awaited'));
      for (const { problem } of (await detailOf(id)).deliveries) expectClear(problem!);

      office.demo.services.always('tsa', null);
      await sync();
      const [message, ...more] = taken(sealed.documentId);
      expect(more).toEqual([]);
      const sent = Buffer.from(message!.attachments[0]!.bytes);
      expect(sent.subarray(0, signed.length).equals(signed)).toBe(true);
      const detail = await settled(() => detailOf(id));
      const path = await office.clerk.filePath(fileOf(detail, 'main'));
      expect(readFileSync(path).equals(sent)).toBe(true);
      const { signatures } = await office.clerk.call('verification.of', { sha256: fileOf(detail, 'main') });
      // The one demanded, and two when the archive's copy was ready first.
      expect(signatures.map(({ kind }) => kind).join(' ')).toMatch(/^signature signature( timestamp){1,2}$/);
      expect(pdfsig(path).validations.slice(0, 2)).toEqual(Array(2).fill('Signature is Valid.'));
      expect(detail.official?.verdict).toBe('original');
      // The appendix as well.
      const appendix = await office.clerk.call('verification.of', { sha256: fileOf(detail, 'appendix') });
      expect(appendix.signatures.map(({ kind }) => kind).join(' ')).toMatch(/^signature( timestamp){1,2}$/);
      await office.goRound();
      expect(taken(sealed.documentId)).toHaveLength(1);
      expect(await statesOf(id)).toEqual(['accepted', 'accepted']);
    },
  );

  it('whose certificate was revoked before it signed stays here until the head decides', async () => {
    const { clerk, principal, demo } = office;
    const id = await issuedOffline();
    demo.services.revoke(demo.pki.school, Date.now() - 3_600_000);
    await demo.goOnline();
    await sync();
    const { documentId, alarm, actions } = await detailOf(id);
    expect(alarm).toMatchObject({ code: 'documents.signer-revoked-later' });
    expectClear(alarm!);
    expect(actions).toEqual([]);
    expect(await problemsOf(id)).toEqual(Array(2).fill('documents.sending-blocked'));
    await sync();
    expect(taken(documentId)).toEqual([]);

    const reason = 'Chứng thư đã được cấp lại, nội dung đúng';
    expect(await clerk.refusal('outgoing.allow-sending', { id, reason })).toBe('documents.not-allowed');
    expect((await principal.call('outgoing.get', { id })).actions).toEqual(['allow-sending']);
    await principal.call('outgoing.allow-sending', { id, reason });
    await vi.waitFor(() => expect(taken(documentId)).toHaveLength(1), 60_000);
    await office.goRound();
    expect(taken(documentId)).toHaveLength(1);
    expect(await statesOf(id)).toEqual(['accepted', 'accepted']);
  });
});
