/** One person at the desk, making the calls their screen would make. */
import type { HostedDesk } from '../../src/main/host/desk-port.ts';
import { errorSentence, isErrorCode } from '../../src/shared/errors/index.ts';
import { type Answer, type Argument, type CallName, ipc, type Result } from '../../src/shared/ipc/index.ts';

/** What the desk refused, with the sentence a person would read. */
export class Refused extends Error {
  readonly code: string;

  constructor(name: CallName, code: string, params: Readonly<Record<string, string | number>>) {
    super(`${name}: ${isErrorCode(code) ? errorSentence(code, params, 'vi') : code} (${code})`);
    this.name = 'Refused';
    this.code = code;
  }
}

export interface PersonAtDesk {
  call<N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>>;
  /** As the desk answers, refusals too. */
  readonly answer: <N extends CallName>(name: N, argument: Argument<N>) => Promise<Answer>;
  /** The code with which the desk refuses; throws when it does not refuse. */
  refusal<N extends CallName>(name: N, argument: Argument<N>): Promise<string>;
  addFile(name: string, bytes: Uint8Array): Promise<{ sha256: string; name: string }>;
  filePath(sha256: string): Promise<string>;
}

/** `personId` null: nobody yet, as in an office that is being set up. */
export async function sitDown(desk: HostedDesk, personId: string | null): Promise<PersonAtDesk> {
  const session = { id: crypto.randomUUID(), host: 'browser' as const };

  async function call<N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>> {
    const answer = await desk.call(name, argument, session);
    if (!answer.ok) throw new Refused(name, answer.code, answer.params);
    return ipc[name].result.parse(answer.value) as Result<N>;
  }

  if (personId !== null) await call('session.sit', { personId });
  return {
    call,
    answer: (name, argument) => desk.call(name, argument, session),
    refusal: async (name, argument) => {
      const answer = await desk.call(name, argument, session);
      if (answer.ok) throw new Error(`${name} was expected to be refused`);
      return answer.code;
    },
    addFile: async (name, bytes) => {
      const answer = await desk.addFile(name, bytes, session);
      if (!answer.ok) throw new Error(`${name}: ${answer.code}`);
      return { sha256: (answer.value as { sha256: string }).sha256, name };
    },
    filePath: async (sha256) => (await desk.openFile(sha256, session)).path,
  };
}
