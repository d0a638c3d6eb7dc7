import { join } from 'node:path';
import { writeEdoc } from '../../../src/main/axis/edxml-write.ts';
import { pdfAttachment } from '../../axis/samples.ts';
import { openStore } from '../../axis/store.ts';
import { DEPARTMENT, SCHOOL } from '../../demo/sample.ts';
import { departmentLetter } from '../../desk/school.ts';
import type { Office } from '../office.ts';

/** A letter of the department with this PDF, put on the axis: it comes when somebody next looks. */
export function sendToSchool(office: Office, number: string, subject: string, pdf: Uint8Array): void {
  const notation = `${number}/SGDĐT-VP`;
  const letter = departmentLetter({
    number,
    subject,
    documentId: `H99.05,2026/11/19,${notation}`,
    attachments: [{ ...pdfAttachment, name: `${number}-SGDĐT-VP.pdf`, bytes: pdf }],
  });
  const bytes = writeEdoc(letter, { now: Date.now(), secrecy: '' });
  const receivers = [{ toCode: SCHOOL.code, unitCode: SCHOOL.code }];
  const axis = openStore(join(office.dataDir, 'axis'), Date.now);
  try {
    const parcel = { kind: 'edoc', from: DEPARTMENT.code, title: subject, notation } as const;
    axis.accept({ ...parcel, sent: bytes, delivered: bytes, receivers });
  } finally {
    axis.close();
  }
}
