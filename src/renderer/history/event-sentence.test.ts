import { describe, expect, it } from 'vitest';
import { eventSentence } from './event-sentence.ts';

describe('eventSentence', () => {
  it('says what the journal knows', () => {
    const entry = {
      type: 'incoming.registered' as const,
      detail: { arrivalNumber: 7, arrivalDate: '2026-10-01' },
    };
    expect(eventSentence(entry, 'vi')).toBe('Vào sổ văn bản đến. Số đến 7. Ngày đến 01/10/2026.');
    expect(eventSentence(entry, 'en')).toBe(
      'Entered in the register. Arrival number 7. Arrived on 01/10/2026.',
    );
  });
  it('leaves out what the journal does not know', () => {
    expect(
      eventSentence(
        { type: 'incoming.directed' as const, detail: { opinion: 'Tổ Văn phòng làm.', dueDate: null } },
        'vi',
      ),
    ).toBe('Cho ý kiến chỉ đạo. Ý kiến: Tổ Văn phòng làm.');
  });
  it('names the signer, not the whole of the certificate’s subject', () => {
    const signed = (signer: string) =>
      eventSentence({ type: 'outgoing.signed' as const, detail: { signer } }, 'vi');
    expect(signed('E=mau@vidu.example, CN=Nguyễn Văn Mẫu, O=Sở, C=VN')).toMatch(
      /Chứng thư của Nguyễn Văn Mẫu\.$/,
    );
    expect(signed('Nguyễn Văn Mẫu')).toMatch(/Chứng thư của Nguyễn Văn Mẫu\.$/);
  });
  it('puts codes of the axis and of the catalogue in words', () => {
    const status = {
      type: 'status.received' as const,
      detail: { from: 'H99.05', code: '03', description: 'Số đến 12' },
    };
    expect(eventSentence(status, 'vi')).toBe(
      'Nhận trạng thái từ nơi nhận. Mã nơi nhận H99.05. Đã tiếp nhận. Số đến 12',
    );
    const failed = { type: 'outbox.failed' as const, detail: { problem: 'axis.recipient-locked' } };
    expect(eventSentence(failed, 'en')).toContain('locked on the axis');
    const vague = { type: 'outbox.failed' as const, detail: { problem: 'axis.unreachable' } };
    expect(eventSentence(vague, 'en')).toBe('Could not be sent.');
  });
});
