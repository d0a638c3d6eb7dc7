/** The letters of the sample day, drawn by code. */
import { rgb } from 'pdf-lib';
import { newDrawing } from '../../src/main/pdf/appearance.ts';
import { tinos } from '../../src/main/pdf/font.ts';
import { mmToPt } from '../../src/main/pdf/geometry.ts';
import { drawLetter, type LetterText } from '../fixtures/pdf/letters.ts';
import { makeDocx } from '../fixtures/docx.ts';
import { type IsoDay } from '../../src/shared/text/dates.ts';
import { DEPARTMENT, PRINCIPAL, SCHOOL } from './sample.ts';

const parts = (day: IsoDay) => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return { year, month, day: date };
};

const departmentHead = {
  superior: 'UBND TỈNH VÍ DỤ',
  agency: 'SỞ GIÁO DỤC VÀ ĐÀO TẠO',
  place: 'Ví Dụ',
  title: ['GIÁM ĐỐC'],
  signer: DEPARTMENT.director,
};

/** What the department asks for at the start of the day. */
export function requestLetter(number: string, day: IsoDay): Promise<Uint8Array> {
  return drawLetter({
    ...departmentHead,
    ...parts(day),
    number,
    notation: 'SGDĐT-VP',
    subject: 'báo cáo số liệu đầu năm học 2026-2027',
    to: ['Trường THPT Ví Dụ'],
    body: [
      'Thực hiện Kế hoạch công tác năm học 2026-2027, Sở Giáo dục và Đào tạo đề nghị nhà trường báo cáo số liệu đầu năm học theo các biểu đính kèm công văn này.',
      'Báo cáo gồm số lớp, số học sinh theo khối, số cán bộ, giáo viên, nhân viên và tình hình cơ sở vật chất tính đến ngày 05 tháng 9 năm 2026; gửi về Sở qua trục liên thông văn bản, có chữ ký số của hiệu trưởng và của nhà trường.',
      'Đề nghị nhà trường thực hiện nghiêm túc, đúng thời hạn. Mọi vướng mắc xin liên hệ Văn phòng Sở để được hướng dẫn./.',
    ],
    recipients: ['Như trên', 'Lưu: VT, VP'],
  });
}

/** The department's answer after it has received the school's report. */
export function thanksLetter(number: string, day: IsoDay, answers: string): Promise<Uint8Array> {
  return drawLetter({
    ...departmentHead,
    ...parts(day),
    number,
    notation: 'SGDĐT-VP',
    subject: 'xác nhận số liệu báo cáo của Trường THPT Ví Dụ',
    to: ['Trường THPT Ví Dụ'],
    body: [
      `Sở Giáo dục và Đào tạo đã nhận được văn bản số ${answers} của Trường THPT Ví Dụ. Số liệu báo cáo đầy đủ, đúng thời hạn.`,
      'Sở Giáo dục và Đào tạo thông báo để nhà trường biết và lưu hồ sơ theo quy định./.',
    ],
    recipients: ['Như trên', 'Lưu: VT, VP'],
  });
}

/** Classes, pupils: what the appendix of the sample day reports. */
const figures = [
  ['TT', 'Chỉ tiêu', 'Số lớp', 'Số lượng'],
  ['1', 'Học sinh khối 10', '12', '528'],
  ['2', 'Học sinh khối 11', '12', '516'],
  ['3', 'Học sinh khối 12', '11', '473'],
  ['4', 'Giáo viên', '', '74'],
  ['5', 'Cán bộ quản lý, nhân viên', '', '12'],
] as const;

const columns = [36, 250, 70, 95];

/** An appendix in a file of its own (NĐ 30/2020, Phụ lục I, Phần I, III.1): one page with a table, no signature block. */
export async function appendixPage(title: string): Promise<Uint8Array> {
  const pdf = await newDrawing();
  const [regular, bold] = await Promise.all(
    (['regular', 'bold'] as const).map((style) => pdf.embedFont(tinos(style), { subset: true })),
  );
  const page = pdf.addPage([mmToPt(210), mmToPt(297)]);
  const left = mmToPt(30);
  const width = columns.reduce((sum, column) => sum + column, 0);
  const centre = (text: string, x: number, y: number, size: number, font = regular!) =>
    page.drawText(text, { x: x - font.widthOfTextAtSize(text, size) / 2, y, size, font });
  centre('PHỤ LỤC', left + width / 2, 740, 14, bold);
  centre(title, left + width / 2, 720, 14, bold);
  figures.forEach((row, line) => {
    const y = 680 - line * 26;
    let x = left;
    row.forEach((cell, column) => {
      const room = columns[column]!;
      page.drawRectangle({
        x,
        y: y - 8,
        width: room,
        height: 26,
        borderWidth: 0.6,
        borderColor: rgb(0, 0, 0),
      });
      if (column === 1 && line > 0) page.drawText(cell, { x: x + 6, y, size: 13, font: regular! });
      else centre(cell, x + room / 2, y, 13, line === 0 ? bold! : regular!);
      x += room;
    });
  });
  return pdf.save({ useObjectStreams: false });
}

const replyBody = [
  'Thực hiện công văn của Sở Giáo dục và Đào tạo về việc báo cáo số liệu đầu năm học 2026-2027, Trường THPT Ví Dụ báo cáo như sau:',
  'Nhà trường có 35 lớp với 1.517 học sinh; 86 cán bộ, giáo viên, nhân viên. Số liệu chi tiết tại phụ lục kèm theo.',
  'Nhà trường cam kết tính chính xác của số liệu báo cáo và chịu trách nhiệm trước Sở Giáo dục và Đào tạo./.',
];

/** The school's reply as a draft: blanks for number and date. */
export function replyDraft(year: number): Promise<Uint8Array> {
  const letter: LetterText = {
    superior: SCHOOL.superior,
    agency: 'TRƯỜNG THPT VÍ DỤ',
    notation: `${SCHOOL.abbreviation}-VP`,
    place: SCHOOL.place,
    year,
    subject: 'báo cáo số liệu đầu năm học 2026-2027',
    to: ['Sở Giáo dục và Đào tạo tỉnh Ví Dụ'],
    body: replyBody,
    recipients: ['Như trên', 'Sở Nội vụ tỉnh Ví Dụ', 'Lưu: VT, VP'],
    title: [PRINCIPAL.title],
    signer: PRINCIPAL.name,
  };
  return drawLetter(letter);
}

export function replySource(): Uint8Array {
  return makeDocx(['V/v báo cáo số liệu đầu năm học 2026-2027', ...replyBody]);
}

export function formSource(): Uint8Array {
  return makeDocx(['Biểu số liệu đầu năm học 2026-2027', 'Khối / Số lớp / Số học sinh']);
}
