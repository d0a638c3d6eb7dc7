import { describe, expect, it } from 'vitest';
import type { StatusCode } from '../../shared/domain/exchange.ts';
import { applyRequest, applyStatus, deliveryState, NEW_DELIVERY } from './delivery.ts';
import type { Delivery } from './delivery.ts';

const sent: Delivery = { ...NEW_DELIVERY, sending: 'sent' };
/** Statuses as `code@time`, in the order in which they arrive. */
const after = (from: Delivery, ...statuses: string[]) =>
  statuses.reduce((delivery, status) => {
    const [code, at] = status.split('@');
    return applyStatus(delivery, code as StatusCode, Number(at));
  }, from);
const state = (from: Delivery, ...statuses: string[]) => deliveryState(after(from, ...statuses));

describe('a delivery', () => {
  it.each([
    [[], 'sent'],
    [['01@1'], 'arrived'],
    [['01@1', '03@2', '04@3', '05@4', '06@5'], 'finished'],
    [['06@5', '01@1', '03@2'], 'finished'],
    [['03@2', '03@2'], 'accepted'],
    [['01@1', '02@2'], 'rejected'],
    [['03@1', '02@2'], 'rejected'],
    [['02@2', '03@1'], 'rejected'],
    [['02@1', '03@2'], 'accepted'],
    [['02@1', '01@1'], 'arrived'],
    [['15@1'], 'sent'],
    [['13@1'], 'sent'],
  ])('after %j is %s', (statuses, expected) => {
    expect(state(sent, ...statuses)).toBe(expected);
  });

  it.each(['queued', 'sending', 'uncertain', 'send-failed'] as const)(
    '%s: a status proves it was sent',
    (sending) => {
      expect(deliveryState({ ...NEW_DELIVERY, sending })).toBe(sending);
      expect(state({ ...NEW_DELIVERY, sending }, '01@1')).toBe('arrived');
    },
  );

  it('remembers where it stood when a recall is refused', () => {
    const recalled = applyRequest(after(sent, '01@1', '04@2'), 1);
    expect(deliveryState(recalled)).toBe('recall-pending');
    expect(state(recalled, '05@3')).toBe('recall-pending');
    expect(state(recalled, '16@3')).toBe('assigned');
    expect(state(recalled, '15@3')).toBe('recalled');
    expect(state(recalled, '15@3', '16@4')).toBe('recalled');
    expect(state(applyRequest(after(recalled, '16@3'), 1), '15@5')).toBe('recalled');
  });

  it('goes on after a change, agreed or not', () => {
    const changed = applyRequest(after(sent, '03@1'), 2);
    expect(deliveryState(changed)).toBe('change-pending');
    expect(state(changed, '15@2', '04@3')).toBe('assigned');
    expect(state(changed, '16@2')).toBe('accepted');
  });
});
