import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfAttachment } from '../../../../tests/axis/samples.ts';
import { killNext } from '../../../../tests/desk/dying-thread.ts';
import { openSchool, type School } from '../../../../tests/desk/school.ts';
import { expectClear } from '../../../../tests/desk/set-up.ts';
import { CLERK } from '../../../../tests/demo/sample.ts';
import { manyPages } from '../../../../tests/fixtures/pdf/samples.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../../tests/fixtures/pdf/letters.ts';
import { issue } from '../../../../tests/pki/ca.ts';
import type { Identity } from '../../../../tests/pki/ca.ts';
import { softSigner } from '../../../../tests/pki/soft-signer.ts';
import { openPdf } from '../../pdf/reader.ts';
import { memorySource } from '../../pdf/source.ts';
import { signDocument } from '../../signature/sign.ts';
import { knownAuthorities } from '../../x509/trust.ts';
import type { KnownAuthority } from '../../x509/trust.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { program } from '../../store/events/index.ts';
import { newEvent } from '../common/events.ts';
import { get } from '../incoming/incoming-view.ts';
import { historyOf } from '../history/history.ts';
import { returnSecret } from '../incoming/return-secret.ts';
import { anchorsFor } from '../verification/anchors.ts';
import { judgeFile } from '../verification/judge-file.ts';
import { startReader, type Reader } from './reader.ts';
import { search } from '../search/search.ts';
import { saveSignerKind } from '../settings/settings.ts';

let school: School;
let reader: Reader;
beforeEach(() => {
  school = openSchool();
  const log = {
    info: () => {},
    error: (message: string, cause: unknown) => expect.fail(`${message} ${String(cause)}`),
  };
  reader = startReader(school.store, log, (file, mark) => returnSecret(school.store, file, mark));
});
afterEach(async () => {
  await reader.stop();
  school.close();
});

const receive = async (body: readonly string[]) => {
  const bytes = await drawLetter({ ...SAMPLE_LETTER, body });
  const id = await school.receive({ attachments: [{ ...pdfAttachment, bytes }] });
  reader.wake();
  await reader.idle();
  return id;
};
const found = (text: string) =>
  search(school.store, CLERK, { text, limit: 10, offset: 0 }).hits.map(({ id }) => id);

describe('reading what has arrived', () => {
  it('makes its words findable, "bảo mật" in a sentence included', async () => {
    const id = await receive(['Nhà trường giữ bảo mật tài khoản của học sinh.']);
    expect(found('bao mat tai khoan')).toEqual([id]);
    expect(get(school.store, CLERK, { id })).toMatchObject({ state: 'arrived', verdict: 'unsigned' });
  });

  it('returns a document whose first page bears a secrecy stamp and shows nothing of it any more', async () => {
    const id = await receive(['TỐI MẬT', 'Phương án kín đáo.']);
    expect(get(school.store, CLERK, { id })).toMatchObject({
      state: 'refused',
      subject: '',
      attachments: [],
    });
    expect(found('phuong an kin dao')).toEqual([]);
    expect(found('bao cao')).toEqual([]);
    expect(school.waiting().at(-1)).toMatchObject({
      code: '02',
      description: expect.stringContaining('TỐI MẬT') as string,
    });
    expect(historyOf(school.store, { id }).entries.map(({ type }) => type)).toContain(
      'incoming.secret-found',
    );
  });

  it('goes on after a file that is no PDF inside', async () => {
    const broken = await school.receive();
    const id = await receive(['Nội dung thường']);
    expect(get(school.store, CLERK, { id: broken })).toMatchObject({ verdict: 'unreadable' });
    expect(found('noi dung thuong')).toEqual([id]);
  });
});

describe('an authority trusted by its fingerprint', () => {
  let root: Identity;
  let issuing: Identity;
  let leaf: Identity;
  const fingerprint = () => readCertificate(root.certificate).fingerprint;
  const known = knownAuthorities as Map<string, KnownAuthority>;
  beforeEach(async () => {
    root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
    issuing = await issue(root, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']] });
    leaf = await issue(issuing, { profile: 'signer', subject: [['CN', 'Nguyễn Thị Ví Dụ']] });
    const entry = {
      role: 'root',
      subject: '',
      confidence: '',
      trustClass: 'cong-vu',
      trusted: true,
    } as const;
    known.set(fingerprint(), { ...entry, sha256: fingerprint() });
  });
  afterEach(() => known.delete(fingerprint()));

  const signedWith = async (chain: readonly Uint8Array[]) => {
    const letter = await drawLetter(SAMPLE_LETTER);
    const target = { kind: 'new', page: 0 } as const;
    const { tail } = await signDocument(
      openPdf(memorySource(letter)),
      { target },
      softSigner({ ...leaf, chain }),
    );
    return school.store.files.put(Buffer.concat([letter, tail])).sha256;
  };
  const trustClassOf = async (sha256: string) =>
    (await school.store.verification.of(sha256)).signatures[0]!.signer!.trustClass;

  it('is noticed in a file that carries it', async () => {
    const path = school.store.files.path(await signedWith([issuing.certificate, root.certificate]));
    const none = { anchors: [], crls: [], ocsps: [], certificates: [], revocationFailure: null };
    const { authorities } = await judgeFile({ path, at: Date.now(), ...none });
    expect(authorities.map((der) => readCertificate(der).fingerprint)).toEqual([fingerprint()]);
  });

  it('once met vouches for files that do not carry it, those judged before included', async () => {
    const bytes = school.store.files.read(await signedWith([issuing.certificate]));
    const id = await school.receive({ attachments: [{ ...pdfAttachment, bytes }] });
    reader.wake();
    await reader.idle();
    const [{ sha256 } = { sha256: '' }] = get(school.store, CLERK, { id }).attachments;
    expect(await trustClassOf(sha256)).toBe('la');
    const { sha256: file } = school.store.files.put(root.certificate);
    school.store.record(program, () => newEvent('authority.met', file, { file }));
    reader.wake();
    await reader.idle();
    expect(await trustClassOf(sha256)).toBe('cong-vu');
    known.set(fingerprint(), { ...known.get(fingerprint())!, trusted: false });
    expect(anchorsFor(school.store)).toEqual([]);
  });
});

describe('whose a certificate is', () => {
  it('an agency of the directory is one, whatever its name looks like, unless an administrator says otherwise', async () => {
    const name = 'Nhà thiếu nhi Ví Dụ';
    const signer = await issue(null, { profile: 'signer', subject: [['CN', name.toUpperCase()]] });
    const letter = await drawLetter(SAMPLE_LETTER);
    const { tail } = await signDocument(
      openPdf(memorySource(letter)),
      { target: { kind: 'new', page: 0 } },
      softSigner(signer),
    );
    const { sha256 } = school.store.files.put(Buffer.concat([letter, tail]));
    const signerOf = async () => (await school.store.verification.of(sha256)).signatures[0]!.signer!;
    expect((await signerOf()).kind).toBe('personal');
    await school.store.cache.setAgencies([{ code: '000.00.09.H99', oldCode: null, name }]);
    const { kind, certificate } = await signerOf();
    expect(kind).toBe('agency');
    saveSignerKind(school.store, CLERK, { fingerprint: certificate.fingerprint, kind: 'personal' });
    expect((await signerOf()).kind).toBe('personal');
  });
});

describe('a thread that is ended', () => {
  const stopped = expect.objectContaining({ code: 'documents.reading-stopped' }) as Error;
  const main = (id: string) => get(school.store, CLERK, { id }).attachments[0]!.sha256;

  it('at its limit says so; the next file has a new one', async () => {
    const { sha256 } = school.store.files.put(manyPages(5_000));
    const path = school.store.files.path(sha256);
    const reading = school.store.asked.ask('words', { path }, { limitMs: 1 });
    await expect(reading).rejects.toThrow(stopped);
    const id = await receive(['Nội dung thường']);
    expect(found('noi dung thuong')).toEqual([id]);
  });

  it('while it judges a file leaves that one unreadable, and says why, until it is judged again', async () => {
    const file = main(await receive(['Nội dung thường']));
    await killNext(school.store.asked);
    expectClear({ code: 'documents.reading-stopped', params: {} });
    expect(await school.store.verification.judge(file)).toMatchObject({
      verdict: 'unreadable',
      reasons: [{ code: 'document.unreadable', params: { code: 'documents.reading-stopped' } }],
    });
    expect(await school.store.verification.of(file)).toMatchObject({ verdict: 'unreadable' });
    expect(await school.store.verification.judge(file)).toMatchObject({ verdict: 'unsigned' });
  });
});
