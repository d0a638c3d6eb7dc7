import { markInFields } from '../../../shared/domain/secrecy.ts';
import { DeskError } from '../../../shared/errors/index.ts';

/** Why a received document goes back, in the words its sender reads. */
export function secretReason(mark: string): string {
  return `Văn bản có dấu hiệu bí mật nhà nước (${mark}), không nhận trên hệ thống này`;
}

/** @throws DeskError documents.secret: such a document is neither drafted nor sent here (Luật 117/2025/QH15) */
export function refuseSecret(...texts: readonly string[]): void {
  const mark = markInFields(...texts);
  if (mark !== '') throw new DeskError('documents.secret', { mark });
}
