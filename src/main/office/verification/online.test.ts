import { createHash, X509Certificate } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CLERK, PRINCIPAL, SCHOOL } from '../../../../tests/demo/sample.ts';
import { onlineSchool } from '../../../../tests/desk/online.ts';
import { expectClear } from '../../../../tests/desk/set-up.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { Verification } from '../../../shared/domain/verification.ts';
import { evidenceOf } from '../../store/queries/documents.ts';
import { trustedClock } from '../../store/queries/proofs.ts';
import { allowSending } from '../outgoing/alarm.ts';
import { exportEvidence } from './export-evidence.ts';
import { openFile } from '../common/file-access.ts';
import { issue } from '../outgoing/issue.ts';
import { keptEvidenceOf } from './kept-evidence.ts';
import { number } from '../outgoing/number.ts';
import { get } from '../outgoing/outgoing-view.ts';
import { needs } from '../../../../tests/needs.ts';

const office = onlineSchool();
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('signing offline', () => {
  it('warns that revocation is unknown, goes on when accepted, and is checked once online', async () => {
    office.goOffline();
    const id = await office.readyToSign();
    await expect(office.signAs(id, 'approve')).rejects.toThrow(refusal('documents.revocation-unchecked'));
    const { verification } = await office.signAs(id, 'approve', { acceptUnchecked: true });
    expect(verification.verdict).toBe('indeterminate');
    await office.workOff();
    expect(office.detail(id).pending).toMatchObject([
      { kind: 'revocation', attempts: 1, problem: { code: expect.any(String) as string } },
    ]);
    expect(office.detail(id).official).toMatchObject({ verdict: 'not-concluded' });
    const { reasons } = await office.store.verification.of(office.main(id).sha256);
    expect(reasons).toEqual([
      {
        code: 'validity.crl-unusable',
        params: expect.objectContaining({ code: 'signature.service-refused' }) as object,
      },
    ]);

    office.goOnline();
    await office.workOff();
    expect(office.detail(id)).toMatchObject({ pending: [], official: { verdict: 'incomplete' } });
    expect(office.main(id).verdict).toBe('valid');
    const evidence = evidenceOf(office.store.tables, office.main(id).sha256);
    expect(evidence.map(({ name, type, result }) => [name, type, result])).toEqual([
      ['CA Ví Dụ phục vụ các cơ quan Nhà nước', 'CRL', 'good'],
      [PRINCIPAL.name, 'OCSP', 'good'],
    ]);
    expect(office.detail(id).alarm).toBeNull();
  });

  it('waits for its turn again when what was answered settles nothing yet, and says so', async () => {
    office.goOffline();
    const id = await office.readyToSign();
    await office.signAs(id, 'approve', { acceptUnchecked: true });
    office.goOnline();
    office.services.always('ocsp', 'busy');
    // No list from later than now is believed; this one is once the clock has reached it.
    office.services.always('crl', 'early');
    await office.workOff();
    const [waiting] = office.detail(id).pending;
    expect(waiting).toMatchObject({
      kind: 'revocation',
      attempts: 1,
      problem: { code: 'documents.proof-unchanged' },
    });
    expectClear(waiting!.problem!);
    expect(office.detail(id).official).toMatchObject({ verdict: 'not-concluded' });
    office.clock.now += 4 * 60_000;
    await office.workOff();
    expect(office.detail(id)).toMatchObject({ pending: [], official: { verdict: 'incomplete' } });
  });

  it('that turns out revoked raises the alarm; nothing leaves until the head decides', async () => {
    office.goOffline();
    const id = await office.sealed({ acceptUnchecked: true });
    office.services.revoke(office.pki.school, Date.now() - 3_600_000);
    office.goOnline();
    await office.workOff();
    expect(office.detail(id).alarm).toMatchObject({ code: 'documents.signer-revoked-later' });
    expect(office.detail(id).actions).not.toContain('issue');
    await expect(issue(office.store, CLERK, { id })).rejects.toThrow(refusal('documents.sending-blocked'));
    expect(get(office.store, PRINCIPAL, { id }).actions).toContain('allow-sending');
    allowSending(office.store, PRINCIPAL, { id, reason: 'Đã cấp lại chứng thư, nội dung đúng' });
    await issue(office.store, CLERK, { id });
    expect(office.detail(id)).toMatchObject({ state: 'issued', alarm: null });

    const next = await office.readyToSign();
    await office.signAs(next, 'approve');
    await number(office.store, CLERK, { id: next });
    await expect(office.signAs(next, 'seal')).rejects.toThrow(refusal('documents.signer-revoked'));
  });
});

describe('signing online', () => {
  needs('openssl')(
    'is settled at once: what was answered before signing is evidence, also for the signatures before',
    async () => {
      office.settle({ timestamps: true });
      const id = await office.readyToSign();
      const { verification } = await office.signAs(id, 'approve');
      expect(verification.verdict).toBe('valid');
      await number(office.store, CLERK, { id });
      const sealed = await office.signAs(id, 'seal');
      expect(sealed.verification.verdict).toBe('valid-with-changes');
      expect(office.detail(id).official).toMatchObject({ verdict: 'original' });
      const { signatures, software, checkedAt } = await keptEvidenceOf(office.store, office.main(id).sha256);
      expect(software).toMatch(/^Bàn Văn Thư \d/);
      expect(Math.abs(checkedAt - Date.now())).toBeLessThan(600_000);
      const [approval, seal] = signatures;
      expect(approval).toMatchObject({
        checkCode: 0,
        flags: ['NonCheckingRevokedTSACert', 'NonCoversWholeDocument'],
        made: { role: 'personal', tokenLabel: 'principal', offline: false },
      });
      expect(seal).toMatchObject({
        checkCode: 0,
        flags: ['NonCheckingRevokedTSACert'],
        made: { role: 'agency' },
      });
      expect(seal?.made?.after).toBe(office.main(id).sha256);
      for (const { answers, made } of [approval!, seal!]) {
        expect(answers.map(({ type, result }) => `${type} ${result}`).sort()).toContain('OCSP good');
        for (const { sha256, fetchedAt, nextUpdate } of answers) {
          expect(office.store.files.read(sha256).length).toBeGreaterThan(100);
          expect(nextUpdate).toBeGreaterThan(fetchedAt);
        }
        const token = join(tmpdir(), `${crypto.randomUUID()}.tsr`);
        writeFileSync(token, office.store.files.read(made!.timestamp!));
        const read = execFileSync('openssl', ['ts', '-reply', '-token_in', '-in', token, '-text']).toString();
        expect(read).toContain('Hash Algorithm: sha256');
        rmSync(token);
      }
      // The timestamp authority is asked about for the validation data.
      await office.workOff();
      const settled = await keptEvidenceOf(office.store, office.main(id).sha256);
      expect(settled.signatures.flatMap(({ flags }) => flags)).not.toContain('NonCheckingRevokedTSACert');
    },
  );
});

describe('the evidence of a file', () => {
  it('is taken out as one ZIP: every item that is to be kept, and all DER behind it', async () => {
    office.settle({ timestamps: true });
    const id = await office.sealed();
    const { sha256 } = office.main(id);
    const added = new Map<string, string>();
    const exported = await exportEvidence(office.store, sha256, added);
    expect(exported.name).toMatch(/^bang-chung-chu-ky-.*\.zip$/);
    expect(openFile(office.store, CLERK, exported.sha256, added).mediaType).toBe('application/zip');
    const entries = unzipSync(office.store.files.read(exported.sha256));
    expect(Buffer.from(entries['van-ban.pdf']!).equals(office.store.files.read(sha256))).toBe(true);
    const { evidence, verification } = JSON.parse(Buffer.from(entries['bang-chung.json']!).toString()) as {
      evidence: Evidence;
      verification: Verification;
    };
    expect(evidence).toMatchObject({ sha256, software: expect.stringMatching(/^Bàn Văn Thư \d/) as string });
    const reports = verification.signatures.filter(({ kind }) => kind === 'signature');
    expect(reports.map(({ signer }) => signer?.name)).toEqual([PRINCIPAL.name, SCHOOL.name]);
    for (const { signer, claimedAt, timestampAt } of reports) {
      expect(Math.abs(timestampAt! - claimedAt!)).toBeLessThan(600_000);
      const chain = [signer!.certificate, ...signer!.chain];
      expect(chain).toHaveLength(3);
      for (const { fingerprint } of chain) {
        const read = new X509Certificate(entries[`chung-thu/${fingerprint}.cer`]!);
        expect(read.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
      }
    }
    const made = evidence.signatures.flatMap((one) => one.made ?? []);
    expect(made).toMatchObject([
      { role: 'personal', tokenLabel: 'principal', offline: false, shown: { page: 1 } },
      { role: 'agency', after: sha256 },
    ]);
    const tokens = made.map(({ timestamp }) => entries[`dau-thoi-gian/${timestamp}.tst`]);
    expect(tokens.every((der) => der?.[0] === 0x30)).toBe(true);
    const answers = evidence.signatures.flatMap((one) => one.answers);
    expect(answers.length).toBeGreaterThanOrEqual(4);
    for (const { type, sha256: answer } of answers) {
      const der = entries[`thu-hoi/${answer}.${type === 'CRL' ? 'crl' : 'ors'}`]!;
      expect(createHash('sha256').update(der).digest('hex')).toBe(answer);
    }
  });
});

describe('timestamps and validation data', () => {
  it('are in the signature when the service answers in time', async () => {
    office.settle({ timestamps: true });
    const id = await office.sealed();
    const { signatures } = await office.store.verification.of(office.main(id).sha256);
    expect(signatures.map(({ timestampAt }) => typeof timestampAt)).toEqual(['number', 'number']);
  });

  it('that say another time than this computer are kept, and the signer is told', async () => {
    office.settle({ timestamps: true });
    const id = await office.readyToSign();
    office.services.stamping.at = () => Date.now() - 6 * 60_000;
    const { notes, verification } = await office.signAs(id, 'approve').finally(() => {
      office.services.stamping.at = null;
    });
    expect(notes).toMatchObject([{ code: 'documents.clock-differs' }]);
    expect(verification.signatures[0]?.findings.map(({ code }) => code)).toContain('time.clock-differs');
    expect(office.detail(id).state).toBe('signed');
  });

  it('are added later when it does not: to the document until it is sent, beside it afterwards', async () => {
    office.settle({ timestamps: true });
    office.services.always('tsa', 'busy');
    const id = await office.readyToSign();
    const { notes } = await office.signAs(id, 'approve');
    expect(notes).toMatchObject([{ code: 'signature.service-refused' }]);
    await number(office.store, CLERK, { id });
    await office.signAs(id, 'seal');
    await office.workOff();
    const before = office.main(id);
    expect(office.detail(id).pending).toContainEqual(
      expect.objectContaining({ name: before.name, kind: 'timestamp', attempts: 1 }),
    );

    office.services.always('tsa', null);
    await office.workOff();
    const raised = office.main(id);
    expect(office.detail(id).pending).toEqual([]);
    const [old, grown] = [before, raised].map(({ sha256 }) => office.store.files.read(sha256)) as [
      Buffer,
      Buffer,
    ];
    expect(grown.length).toBeGreaterThan(old.length);
    expect(grown.subarray(0, old.length).equals(old)).toBe(true);
    const { verdict, signatures } = await office.store.verification.of(raised.sha256);
    // Number and date were filled in between the two signatures.
    expect(verdict).toBe('valid-with-changes');
    expect(signatures.map(({ kind }) => kind)).toEqual(['signature', 'signature', 'timestamp', 'timestamp']);
    expect(trustedClock(office.store.tables)?.time).toBeGreaterThan(Date.now() - 60_000);
  });

  it('leave what was sent as it was sent', async () => {
    const id = await office.sealed();
    await issue(office.store, CLERK, { id });
    const sent = office.main(id);
    office.settle({ timestamps: true });
    await office.workOff();
    expect(office.main(id).sha256).toBe(sent.sha256);
    expect(office.main(id).archive).not.toBeNull();
    const grown = office.store.files.read(office.main(id).archive!);
    expect(grown.subarray(0, sent.size).equals(office.store.files.read(sent.sha256))).toBe(true);
    expect(office.detail(id).pending).toEqual([]);
  });
});
