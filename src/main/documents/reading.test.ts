import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfAttachment } from '../../../tests/axis/samples.ts';
import { openSchool, type School } from '../../../tests/desk/school.ts';
import { CLERK } from '../../../tests/demo/sample.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { get } from './incoming-view.ts';
import { historyOf } from './history.ts';
import { startReader, type Reader } from './reading.ts';
import { search } from './registers.ts';

let school: School;
let reader: Reader;
beforeEach(() => {
  school = openSchool();
  reader = startReader(school.store, {
    info: () => {},
    error: (message, cause) => expect.fail(`${message} ${String(cause)}`),
  });
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
