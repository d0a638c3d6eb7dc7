import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, DeskBridge, DeskEvent } from '../../shared/ipc/index.ts';
import { addFile, call, CallFailure, onChanged, onProgress } from './bridge.ts';

let answer: () => Promise<unknown>;
let calls: unknown[];
const listeners = new Set<(event: DeskEvent) => void>();

const desk: DeskBridge = {
  call: (name, argument) => {
    calls.push({ name, argument });
    return answer() as Promise<Answer>;
  },
  addFile: (name, bytes) => {
    calls.push({ name, size: bytes.length });
    return answer() as Promise<Answer>;
  },
  fileUrl: (sha256) => `/files/${sha256}`,
  onEvent: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

afterAll(() => void vi.unstubAllGlobals());
beforeEach(() => {
  calls = [];
  listeners.clear();
  vi.stubGlobal('window', { desk });
});

const failureOf = async (asked: Promise<unknown>): Promise<CallFailure> => {
  const failure: unknown = await asked.catch((error: unknown) => error);
  if (!(failure instanceof CallFailure)) throw new Error(`no CallFailure but ${String(failure)}`);
  return failure;
};

describe('call', () => {
  it('gives what the desk answered', async () => {
    answer = async () => ({ ok: true, value: { code: '12/THPTVD', issuedDate: '2026-11-20' } });
    const id = '00000000-0000-4000-8000-000000000001';
    expect(await call('outgoing.number', { id })).toEqual({ code: '12/THPTVD', issuedDate: '2026-11-20' });
    expect(calls).toEqual([{ name: 'outgoing.number', argument: { id } }]);
  });

  it('throws the code and parameters of a refusal', async () => {
    answer = async () => ({ ok: false, code: 'host.bad-request', params: { field: 'id' } });
    expect(await failureOf(call('settings.get', {}))).toMatchObject({
      code: 'host.bad-request',
      params: { field: 'id' },
    });
  });

  it('does not pass on a result that breaks the contract', async () => {
    answer = async () => ({ ok: true, value: { code: 12, issuedDate: 'yesterday' } });
    const asked = call('outgoing.number', { id: '00000000-0000-4000-8000-000000000001' });
    expect((await failureOf(asked)).code).toBe('host.misunderstood');
  });

  it('does not take anything for an answer', async () => {
    answer = async () => '<html>';
    expect((await failureOf(call('exchange.state', {}))).code).toBe('host.misunderstood');
  });

  it('says when nobody answers', async () => {
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    expect((await failureOf(call('exchange.state', {}))).code).toBe('host.unreachable');
    vi.stubGlobal('window', {});
    expect((await failureOf(call('exchange.state', {}))).code).toBe('host.unreachable');
  });
});

describe('addFile', () => {
  it('names the file in NFC and tells its hash', async () => {
    const sha256 = 'a'.repeat(64);
    answer = async () => ({ ok: true, value: { sha256, size: 3 } });
    const name = 'Báo cáo.pdf';
    expect(await addFile(new File([new Uint8Array(3)], name.normalize('NFD')))).toEqual({
      sha256,
      size: 3,
      name,
    });
    expect(calls).toEqual([{ name, size: 3 }]);
  });
});

describe('events', () => {
  it('reach only who asked for the topic or the task, until they stop', () => {
    const seen: string[] = [];
    const taskId = '00000000-0000-4000-8000-000000000002';
    const stop = onChanged(['incoming', 'session'], () => seen.push('changed'));
    onProgress(taskId, ({ done }) => seen.push(`progress ${done}`));
    const tell = (event: DeskEvent) => {
      for (const listener of listeners) listener(event);
    };
    tell({ type: 'changed', topic: 'outgoing' });
    tell({ type: 'changed', topic: 'incoming' });
    tell({ type: 'progress', taskId, done: 1, total: 2, label: 'a.pdf' });
    tell({ type: 'progress', taskId: taskId.replace('2', '3'), done: 2, total: 2, label: 'b.pdf' });
    stop();
    tell({ type: 'changed', topic: 'incoming' });
    expect(seen).toEqual(['changed', 'progress 1']);
  });
});
