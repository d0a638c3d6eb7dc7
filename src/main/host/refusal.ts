import { randomUUID } from 'node:crypto';
import { DeskError, type ErrorCode, type ErrorParams } from '../../shared/errors/index.ts';
import type { Answer } from '../../shared/ipc/index.ts';
import type { HostLog } from './desk-port.ts';

export type Refusal = Extract<Answer, { ok: false }> & { readonly code: ErrorCode };

export function refusal(code: ErrorCode, params: ErrorParams = {}): Refusal {
  return { ok: false, code, params: { ...params } };
}

/** A known failure as it crosses the border; null for one that nobody foresaw. */
export function refusalOf(error: unknown): Refusal | null {
  return error instanceof DeskError ? refusal(error.code, error.params) : null;
}

/** Any failure as it crosses the border: what nobody foresaw goes to the log and only its id to the person. */
export function failed(error: unknown, log: HostLog): Refusal {
  const known = refusalOf(error);
  if (known !== null) return known;
  const logId = randomUUID().slice(0, 8);
  log.error(`unexpected failure ${logId}`, error);
  return refusal('host.unexpected', { logId });
}
