import { create } from '../../src/main/office/outgoing/draft.ts';
import { number } from '../../src/main/office/outgoing/number.ts';
import { approveFormat, submit } from '../../src/main/office/outgoing/submit.ts';
import { startReader } from '../../src/main/office/reader/reader.ts';
import { sign } from '../../src/main/office/signing/sign.ts';
import { keepTokens } from '../../src/main/office/signing/token-keeper.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { costly } from '../attacks/costly.ts';
import { pdfAttachment } from '../axis/samples.ts';
import { CLERK, PRINCIPAL, TEACHER } from '../demo/sample.ts';
import { openSchool, type School } from '../desk/school.ts';
import { draftOf, equip, makeSamples, PIN, type Desk } from '../desk/signing.ts';
import { createOfficePki } from '../pki/office.ts';
import { ratio, type Row } from './measure.ts';

const ROUNDS = 3;
/** Reports older than this are not taken for what a judgement now would find. */
const LATER_MS = 2 * 3_600_000;

/** Numbering, which judges the signature first, while the desk reads by itself what takes it long. */
export async function waitingRows(): Promise<Row[]> {
  const samples = await makeSamples();
  const school = openSchool();
  const { store, clock } = school;
  try {
    await equip(store, samples);
    const ids = await signedDocuments(school, samples, 2 * (ROUNDS + 1));
    const pki = await createOfficePki({
      agency: 'Trường Tiểu học Ví Dụ',
      superior: 'Ủy ban nhân dân xã Ví Dụ',
      province: 'Tỉnh Ví Dụ',
      principal: 'Nguyễn Thị Ví Dụ',
    });
    const bytes = await costly['appearances that cover two hundred thousand times']!(pki);
    await school.receive({ attachments: [{ ...pdfAttachment, bytes }] });
    const reader = startReader(store, { info: () => {}, error: (line) => console.error(line) }, () => {});
    reader.wake();
    await reader.idle();
    const numberNext = () => {
      clock.now += LATER_MS;
      return number(store, CLERK, { id: ids.shift()! });
    };
    const row = await ratio(
      {
        what: 'number a signed document while the desk judges costly files by itself',
        against: 'the same while the desk has nothing else to do',
        most: 3,
      },
      ROUNDS,
      {
        ours: () => {
          reader.verifyAgain();
          return numberNext();
        },
        least: numberNext,
        between: () => reader.idle(),
      },
    );
    await reader.stop();
    return [row];
  } finally {
    await store.endWork();
    school.close();
  }
}

async function signedDocuments({ store }: School, samples: Desk, count: number): Promise<string[]> {
  const keeper = keepTokens(store, forkHost(), () => {});
  const token = (await keeper.list()).find(({ label }) => label === 'principal')!;
  const login = {
    tokenId: token.id,
    certificateSha256: token.certificates[0]!.sha256,
    pin: PIN,
    acceptFinalTry: false,
    acceptUnchecked: true,
    acceptClock: true,
  };
  const quiet = { signal: new AbortController().signal, progress: () => {} };
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { id } = create(store, TEACHER, draftOf(store, samples));
    await submit(store, TEACHER, { id });
    await approveFormat(store, CLERK, { id });
    const wanted = { id, act: 'approve' as const, boxes: [], ...login, taskId: id };
    await sign(store, keeper, PRINCIPAL, wanted, quiet);
    ids.push(id);
  }
  await keeper.close();
  return ids;
}
