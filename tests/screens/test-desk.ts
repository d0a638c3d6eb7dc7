import { type ErrorCode, errorTexts } from '../../src/shared/errors/index.ts';
import {
  type Answer,
  type CallName,
  type DeskEvent,
  ipc,
  type ParsedArgument,
  type Result,
} from '../../src/shared/ipc/index.ts';
import type { HostedDesk, StoredFile } from '../../src/main/host/desk-port.ts';

/** An answer that does not come: what the window shows meanwhile. */
export const noAnswer = Symbol('no answer');

type Params = Readonly<Record<string, string | number>>;

/**
 * A code of the error catalogue with what fills its sentence.
 * @throws Error when the sentence would have a gap: the desk always says what fills it
 */
export function problem(code: ErrorCode, params: Params = {}): { code: ErrorCode; params: Params } {
  for (const [, name] of errorTexts[code].vi.matchAll(/\{(\w+)\}/g))
    if (params[name!] === undefined) throw new Error(`${code} needs the parameter ${name}`);
  return { code, params };
}

class Refusal {
  readonly problem: { code: ErrorCode; params: Params };

  constructor(said: Refusal['problem']) {
    this.problem = said;
  }
}

/** The desk refuses the call. */
export const refused = (code: ErrorCode, params: Params = {}) => new Refusal(problem(code, params));

type Double<N extends CallName> =
  Result<N> | ((argument: ParsedArgument<N>) => Result<N> | Refusal) | Refusal | typeof noAnswer;

/** What the desk of one test answers, by the name of the call. */
export type Doubles = { readonly [N in CallName]?: Double<N> };

export interface TestDesk extends HostedDesk {
  /** What went against the contract, or was asked and has no double: a test with one has failed. */
  readonly faults: string[];
  /** Says to the window what the desk would. */
  tell(event: DeskEvent): void;
}

/**
 * A desk that knows only what one test gives it. It stands where the real one does, behind the same host, and is held
 * to the same contract: arguments and answers go through its schemas, and no call is answered by chance.
 */
export function testDesk(doubles: Doubles, files: ReadonlyMap<string, StoredFile> = new Map()): TestDesk {
  const faults: string[] = [];
  const listeners = new Set<(event: DeskEvent) => void>();
  const fault = (what: string): Answer => {
    faults.push(what);
    return { ok: false, code: 'host.unexpected', params: {} };
  };

  function answer(name: CallName, raw: unknown): Answer | typeof noAnswer {
    const double: unknown = doubles[name];
    if (double === undefined) return fault(`${name}: asked, and the test has no double for it`);
    const argument = ipc[name].argument.safeParse(raw);
    if (!argument.success) return fault(`${name}: asked with ${JSON.stringify(raw)}: ${argument.error}`);
    const given: unknown = typeof double === 'function' ? double(argument.data) : double;
    if (given === noAnswer) return noAnswer;
    if (given instanceof Refusal) return { ok: false, ...given.problem };
    const result = ipc[name].result.safeParse(given);
    return result.success
      ? { ok: true, value: result.data }
      : fault(`${name}: the double gives what the desk could not: ${result.error}`);
  }

  return {
    faults,
    tell: (event) => listeners.forEach((listener) => listener(event)),
    call: (name, argument) => {
      const given = answer(name, argument);
      return given === noAnswer ? new Promise(() => undefined) : Promise.resolve(given);
    },
    // Which file was chosen does not matter here: it is the one that the desk has.
    addFile: async (_, bytes) => ({
      ok: true,
      value: { sha256: [...files.keys()][0] ?? '', size: bytes.length },
    }),
    openFile: (sha256) => {
      const file = files.get(sha256);
      if (!file) fault(`file ${sha256}: asked, and the test has none`);
      return file ? Promise.resolve(file) : Promise.reject(new Error(`no file ${sha256}`));
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
