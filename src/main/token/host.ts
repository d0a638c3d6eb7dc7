/**
 * Entry of the child process in which one PKCS#11 module lives. Vendor code crashes and hangs; here it takes
 * nothing with it. Started by `child_process.fork` or as Electron's utilityProcess; answers one request after
 * another, in their order.
 */
import type { PKCS11 } from 'pkcs11js';
import { returnValueOf, tokenFailure } from './cryptoki.ts';
import { operations, requestSchema } from './protocol.ts';
import type { Args, Operation, Reply, Request, Result } from './protocol.ts';
import { SigningSessions } from './signing-sessions.ts';
import {
  isInitialised,
  listTokens,
  loadModule,
  occupiedSlots,
  restart,
  shownCertificates,
} from './token-module.ts';

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

let p11: PKCS11 | undefined;
let sessions: SigningSessions | undefined;
/** The module has only just started: it sees what there is. */
let isFresh = false;

function loaded(): { p11: PKCS11; sessions: SigningSessions } {
  if (!p11 || !sessions) throw new Error('the first request must be load');
  return { p11, sessions };
}

const handlers: { readonly [O in Operation]: (args: Args<O>) => Result<O> } = {
  load({ path }) {
    p11 = loadModule(path);
    sessions = new SigningSessions(p11);
    isFresh = true;
    return {};
  },
  restart() {
    const current = loaded();
    if (!isFresh && current.sessions.isEmpty) restart(current.p11);
    return {};
  },
  list() {
    isFresh = false;
    return listTokens(loaded().p11);
  },
  certificates({ token }) {
    return { certificates: shownCertificates(loaded().p11, token).map(({ der }) => der) };
  },
  poll() {
    isFresh = false;
    const slots = occupiedSlots(loaded().p11).filter(isInitialised);
    const present = slots.map(({ address }) => address);
    loaded().sessions.forgetAbsent(present);
    return { present };
  },
  open: (args) => loaded().sessions.open(args),
  learn: (args) => loaded().sessions.learn(args),
  sign: (args) => loaded().sessions.sign(args),
  close({ session }) {
    loaded().sessions.close(session);
    return {};
  },
  finalize() {
    loaded().p11.C_Finalize();
    return {};
  },
};

function run<O extends Operation>(op: O, args: unknown): Result<O> {
  const handler: (args: Args<O>) => Result<O> = handlers[op];
  return handler(operations[op].args.parse(args) as Args<O>);
}

function answer({ id, op, args }: Request): Reply {
  try {
    return { id, result: run(op, args) };
  } catch (error) {
    const failure = tokenFailure(error);
    const detail = failure.cause === undefined ? '' : detailOf(op, failure.cause);
    return { id, error: { code: failure.code, params: failure.params, detail } };
  }
}

/** Function and return value, or the loader's words. Any other message might quote its arguments: only its kind. */
function detailOf(op: Operation, cause: unknown): string {
  const value = returnValueOf(cause);
  const method = (cause as { method?: unknown } | null)?.method;
  if (value) return `${typeof method === 'string' ? `${method}: ` : ''}${value.name}`;
  if (!(cause instanceof Error)) return typeof cause;
  return op === 'load' ? cause.message.slice(0, 1000) : cause.name;
}

const { parentPort } = process as unknown as { parentPort?: ParentPort };
if (parentPort) {
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
  parentPort.on('message', ({ data }) => parentPort.postMessage(answer(requestSchema.parse(data))));
} else {
  process.on('message', (message) => process.send?.(answer(requestSchema.parse(message))));
  // The desk has gone. Not exit(): some modules deadlock while unloading.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
