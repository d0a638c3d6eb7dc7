import { describe, expect, it } from 'vitest';
import type { ExchangeState } from '../../shared/ipc/exchange.ts';
import { syncLine } from './sync-line.ts';

const now = Date.parse('2026-10-01T04:00:00Z');
const idle: ExchangeState = {
  configured: true,
  phase: 'idle',
  online: true,
  lastSyncAt: Date.parse('2026-10-01T03:32:00Z'),
  nextSyncAt: null,
  waiting: 0,
  waitingDocuments: 0,
  problem: null,
};
const line = (change: Partial<ExchangeState>) => syncLine({ ...idle, ...change }, now, 'vi');

describe('syncLine', () => {
  it('says when everything was exchanged', () => {
    expect(line({})).toEqual({ tone: 'good', text: 'Đã đồng bộ 10:32' });
  });
  it('says since when it is offline and what waits', () => {
    expect(line({ online: false, waitingDocuments: 2 })).toEqual({
      tone: 'caution',
      text: 'Đang ngoại tuyến, lần cuối 10:32, 2 văn bản chờ gửi',
    });
    expect(line({ online: false, lastSyncAt: Date.parse('2026-09-30T03:32:00Z') }).text).toContain(
      'lần cuối 30/09/2026 10:32',
    );
  });
  it('never looks good when a person is needed or a pass had a problem', () => {
    expect(line({ phase: 'halted' }).tone).toBe('bad');
    expect(line({ problem: { code: 'axis.server-error', params: {} } }).tone).toBe('caution');
    expect(line({ configured: false }).text).toBe('Chưa nối trục liên thông');
    expect(line({ online: null, lastSyncAt: null }).text).toBe('Chưa gửi nhận lần nào');
  });
});
