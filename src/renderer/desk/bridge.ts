import type { Topic } from '../../shared/domain/topics.ts';
import {
  addFileResultSchema,
  answerSchema,
  type Answer,
  type Argument,
  type CallName,
  type DeskBridge,
  type DeskEvent,
  ipc,
  type Result,
} from '../../shared/ipc/index.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors/index.ts';

declare global {
  interface Window {
    /** Put there by the preload script in Electron, by `browser-bridge.ts` in a browser tab. */
    desk?: DeskBridge;
  }
}

/** What a call ends with when it does not succeed: a code of the error catalogue and what fills its sentence. */
export class CallFailure extends Error {
  readonly code: string;
  readonly params: ErrorParams;

  constructor(code: string, params: ErrorParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'CallFailure';
    this.code = code;
    this.params = params;
  }
}

/** The desk itself gave no answer: it was closed, or it crashed. */
export const unreachable = 'host.unreachable' satisfies ErrorCode;
/** The desk answered with something its own contract does not allow: two versions are mixed. */
export const misunderstood = 'host.misunderstood' satisfies ErrorCode;

/** Any error as one with a code; what the desk did not say itself is `misunderstood`. */
export function asFailure(error: unknown): CallFailure {
  return error instanceof CallFailure ? error : new CallFailure(misunderstood, {}, error);
}

function desk(): DeskBridge {
  if (!window.desk) throw new CallFailure(unreachable);
  return window.desk;
}

async function valueOf(answer: Promise<Answer>): Promise<unknown> {
  let received: Answer;
  try {
    received = await answer;
  } catch (error) {
    throw new CallFailure(unreachable, {}, error);
  }
  const parsed = answerSchema.safeParse(received);
  if (!parsed.success) throw new CallFailure(misunderstood, {}, parsed.error);
  if (!parsed.data.ok) throw new CallFailure(parsed.data.code, parsed.data.params);
  return parsed.data.value;
}

/** Asks the desk. @throws CallFailure */
export async function call<N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>> {
  const result = ipc[name].result.safeParse(await valueOf(desk().call(name, argument)));
  if (!result.success) throw new CallFailure(misunderstood, {}, result.error);
  return result.data as Result<N>;
}

/** Stores a file a person chose and names it by its hash. @throws CallFailure */
export async function addFile(file: File): Promise<{ sha256: string; size: number; name: string }> {
  // A file's name is no argument of the contract here, so its schema has not composed it.
  const name = file.name.normalize('NFC');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const stored = addFileResultSchema.safeParse(await valueOf(desk().addFile(name, bytes)));
  if (!stored.success) throw new CallFailure(misunderstood, {}, stored.error);
  return { ...stored.data, name };
}

/** Where the bytes of a stored file are fetched from. */
export function fileUrl(sha256: string): string {
  return desk().fileUrl(sha256);
}

export type TaskProgress = Extract<DeskEvent, { type: 'progress' }>;

/** Calls `listener` when one of `topics` changed; returns the function that ends it. */
export function onChanged(topics: readonly Topic[], listener: () => void): () => void {
  return desk().onEvent((event) => {
    if (event.type === 'changed' && topics.includes(event.topic)) listener();
  });
}

/** Calls `listener` with each step of the task; returns the function that ends it. */
export function onProgress(taskId: string, listener: (progress: TaskProgress) => void): () => void {
  return desk().onEvent((event) => {
    if (event.type === 'progress' && event.taskId === taskId) listener(event);
  });
}
