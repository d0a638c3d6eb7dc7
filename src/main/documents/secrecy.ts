import { DeskError } from '../../shared/errors/index.ts';
import { secrecyMark } from '../axis/edxml-check.ts';

/** Page lines that the stamp of a secret document may share with nothing else (NĐ 26/2020/NĐ-CP, Điều 2). */
const stamp = /^(TUYỆT MẬT|TỐI MẬT|MẬT)$/;

/** The mark a text of the metadata bears; empty when it bears none. */
export function markInFields(...texts: readonly string[]): string {
  return texts.map((text) => secrecyMark(text)).find((mark) => mark !== '') ?? '';
}

/**
 * The stamp on a first page: a line of its own. "Bảo mật" in a sentence is no mark.
 * @param page the page's words, one line of the page a line
 */
export function stampOnPage(page: string): string {
  const lines = page.normalize('NFC').split('\n');
  return lines.map((line) => stamp.exec(line.trim())?.[1] ?? '').find((mark) => mark !== '') ?? '';
}

/** Why a received document goes back, in the words its sender reads. */
export function secretReason(mark: string): string {
  return `Văn bản có dấu hiệu bí mật nhà nước (${mark}), không nhận trên hệ thống này`;
}

/** @throws DeskError documents.secret: such a document is neither drafted nor sent here (Luật 117/2025/QH15) */
export function refuseSecret(...texts: readonly string[]): void {
  const mark = markInFields(...texts);
  if (mark !== '') throw new DeskError('documents.secret', { mark });
}
