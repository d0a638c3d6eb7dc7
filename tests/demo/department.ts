/** The sample department: asks the school for a report at the start, thanks it for each letter it receives. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attachment, type EdocMessage, NEW_DOCUMENT } from '../../src/main/axis/edxml-model.ts';
import { makeDocumentId } from '../../src/shared/domain/exchange.ts';
import { isoWithZone, localDay } from '../../src/shared/text/dates.ts';
import { type Agency, startAgency } from './agency.ts';
import { appendixPage, formSource, requestLetter, thanksLetter } from './letters.ts';
import type { DemoPki } from './pki.ts';
import { ACCOUNTS, DEPARTMENT, SCHOOL } from './sample.ts';
import { markAppendix, signLetter } from './sign-letter.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const NOTATION = 'SGDĐT-VP';
const DAY_MS = 86_400_000;

const attachment = (name: string, mimeType: string, bytes: Uint8Array): Attachment => ({
  contentId: crypto.randomUUID(),
  name,
  description: '',
  mimeType,
  bytes,
});

export interface Department extends Agency {
  /** Mails the letter that opens the day, once in the life of a data folder. */
  askForReport(): Promise<void>;
}

export function startDepartment(axisUrl: string, pki: DemoPki, dir: string): Department {
  const statePath = join(dir, 'department.json');
  const state = existsSync(statePath)
    ? (JSON.parse(readFileSync(statePath, 'utf8')) as { next: number; asked: boolean })
    : { next: 345, asked: false };
  const save = () => writeFileSync(statePath, JSON.stringify(state));

  const sign = (pdf: Uint8Array) =>
    signLetter(
      pdf,
      { identity: pki.director, title: 'GIÁM ĐỐC', fullName: DEPARTMENT.director },
      pki.department,
    );

  async function mail(
    subject: string,
    attachments: readonly Attachment[],
    more: Partial<EdocMessage> = {},
  ): Promise<void> {
    const now = Date.now();
    const number = String(state.next);
    await agency.send({
      kind: 'edoc',
      from: agency.organisation,
      to: [{ ...agency.organisation, organId: SCHOOL.code, name: SCHOOL.name }],
      documentId: makeDocumentId(DEPARTMENT.code, localDay(now), number, NOTATION),
      number,
      notation: NOTATION,
      place: 'Ví Dụ',
      promulgationDate: localDay(now),
      type: 2,
      typeDetail: 18,
      typeName: 'Công văn',
      subject,
      content: subject,
      signer: { competence: '', position: 'Giám đốc', fullName: DEPARTMENT.director },
      dueDate: null,
      priority: 0,
      sphere: '',
      typist: '',
      copies: 1,
      pages: 1,
      appendixes: [],
      responseFor: [],
      steeringType: 0,
      toPlaces: ['Như trên', 'Lưu: VT, VP'],
      trace: [{ organId: DEPARTMENT.code, at: now }],
      business: NEW_DOCUMENT,
      attachments,
      ...more,
    });
    state.next += 1;
    save();
  }

  const agency = startAgency({
    axisUrl,
    unit: DEPARTMENT,
    account: ACCOUNTS.department,
    onDocument: async (message) => {
      const code = `${message.number}/${message.notation}`;
      const letter = await sign(await thanksLetter(String(state.next), localDay(Date.now()), code));
      await mail(`V/v xác nhận số liệu báo cáo tại văn bản số ${code}`, [
        attachment(`${state.next}-SGDDT-VP.pdf`, 'application/pdf', letter),
      ]);
    },
  });

  return {
    ...agency,
    askForReport: async () => {
      if (state.asked) return;
      const now = Date.now();
      const number = String(state.next);
      const figures = await markAppendix(
        await appendixPage('Biểu số liệu đầu năm học 2026-2027'),
        [`Số: ${number}/${NOTATION}`, `Thời gian ký: ${isoWithZone(now)}`],
        pki.department,
      );
      await mail(
        'V/v báo cáo số liệu đầu năm học 2026-2027',
        [
          attachment(
            `${number}-SGDDT-VP.pdf`,
            'application/pdf',
            await sign(await requestLetter(number, localDay(now))),
          ),
          attachment('Biểu số liệu.pdf', 'application/pdf', figures),
          attachment('Biểu số liệu.docx', DOCX, formSource()),
        ],
        { priority: 1, dueDate: localDay(now + 7 * DAY_MS), appendixes: ['Biểu số liệu'] },
      );
      state.asked = true;
      save();
    },
  };
}
