import { chmodSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLERK } from '../../../../tests/demo/sample.ts';
import { openSchool, type School } from '../../../../tests/desk/school.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../../tests/fixtures/pdf/letters.ts';
import { issue, pem, type Identity } from '../../../../tests/pki/ca.ts';
import { softSigner } from '../../../../tests/pki/soft-signer.ts';
import { openPdf } from '../../pdf/reader.ts';
import { memorySource } from '../../pdf/source.ts';
import { signDocument } from '../../signature/sign.ts';
import { keepAnswers } from '../proofs/evidence.ts';
import { addRoots } from '../settings/settings.ts';

describe('what a judgement now would find', () => {
  let root: Identity;
  let letter: Uint8Array;
  let signed: Uint8Array;
  let school: School;
  let file: string;
  beforeAll(async () => {
    root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
    const leaf = await issue(root, { profile: 'signer', subject: [['CN', 'Nguyễn Thị Ví Dụ']] });
    letter = await drawLetter(SAMPLE_LETTER);
    const { tail } = await signDocument(
      openPdf(memorySource(letter)),
      { target: { kind: 'new', page: 0 } },
      softSigner(leaf),
    );
    signed = Buffer.concat([letter, tail]);
  });
  beforeEach(async () => {
    school = openSchool();
    file = school.store.files.put(signed).sha256;
    const { verdict } = await school.store.verification.current(file);
    expect(verdict).toBe('indeterminate');
    // Whoever judges the file anew finds this instead.
    const path = school.store.files.path(file);
    chmodSync(path, 0o644);
    writeFileSync(path, letter);
  });
  afterEach(() => school.close());
  const current = async () => (await school.store.verification.current(file)).verdict;

  it('is what was found just now, while nothing has changed that it rests on', async () => {
    expect(await current()).toBe('indeterminate');
    expect((await school.store.verification.judge(file)).verdict).toBe('unsigned');
    expect(await current()).toBe('unsigned');
  });

  it.each<readonly [string, () => void]>([
    [
      'the office trusts another root',
      () => {
        const bytes = Buffer.from(pem('CERTIFICATE', root.certificate));
        const { sha256 } = school.store.files.put(bytes);
        addRoots(school.store, CLERK, { sha256, name: 'root.pem' });
      },
    ],
    [
      'a service has answered',
      () => {
        const at = school.store.now();
        const times = { fetchedAt: at, thisUpdate: at, nextUpdate: null, revokedAt: null };
        const answer = { certificate: 'a'.repeat(64), name: 'Nguyễn Thị Ví Dụ', url: 'http://127.0.0.1/crl' };
        const status = { ...answer, ...times, type: 'CRL', result: 'good', der: Buffer.from('CRL') } as const;
        keepAnswers(school.store, file, { statuses: [status], certificates: [] });
      },
    ],
    ['its password was entered', () => school.store.passwords.keep(file, 'mat-khau')],
    ['an hour has passed', () => (school.clock.now += 3_600_000)],
    ['the clock has gone back a day', () => (school.clock.now -= 24 * 3_600_000)],
    ['the program was started again', () => school.reopen()],
  ])('is found anew when %s', async (_, change) => {
    change();
    expect(await current()).toBe('unsigned');
  });

  it('is found anew, and by a judgement of its own, when the one it waited for was stopped', async () => {
    const { verification, files } = school.store;
    const other = files.put(Buffer.concat([signed, Buffer.from('\n')])).sha256;
    const first = verification.of(other);
    const waiting = verification.current(other);
    verification.stop(other);
    await expect(first).rejects.toMatchObject({ code: 'host.cancelled' });
    expect((await waiting).signatures).toHaveLength(1);
  });
});
