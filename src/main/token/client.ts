/**
 * The desk's side of a token host: one process a module, started when first needed, one request at a time.
 * A request that was under way or waiting when the process died fails with it and is never sent again: a login
 * sent twice can lock a token.
 */
import { basename } from 'node:path';
import { DeskError, isErrorCode } from '../../shared/errors/index.ts';
import type { HostProcess, LaunchHost } from './launch.ts';
import { checkModuleFile } from './module-file.ts';
import { operations, replySchema } from './protocol.ts';
import type { Args, Operation, Reply, Result } from './protocol.ts';

/** Milliseconds a module may take. Tokens that need ten seconds for a signature exist. */
const TIMEOUTS: Readonly<Record<Operation, number>> = {
  load: 20_000,
  list: 20_000,
  poll: 10_000,
  open: 30_000,
  sign: 60_000,
  close: 5_000,
  finalize: 2_000,
};

export type Timeouts = Partial<Readonly<Record<Operation, number>>>;

export interface ModuleClientOptions {
  readonly path: string;
  /** The accepted file; any when omitted. */
  readonly expectedSha256?: string;
  readonly launch: LaunchHost;
  readonly timeouts?: Timeouts;
}

interface Running {
  readonly process: HostProcess;
  /** Settles the request under way. */
  pending?: { readonly id: number; settle(reply: Reply): void; fail(error: DeskError): void };
}

export class ModuleClient {
  readonly #options: ModuleClientOptions;
  readonly #timeouts: Readonly<Record<Operation, number>>;
  #running: Running | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #lastId = 0;
  /** Grows with each death, so that requests that waited through one can tell. */
  #deaths = 0;
  #lastDeath: DeskError | undefined;

  constructor(options: ModuleClientOptions) {
    this.#options = options;
    this.#timeouts = { ...TIMEOUTS, ...options.timeouts };
  }

  /** False before the first request and after the process has ended; no login can be open then. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get path(): string {
    return this.#options.path;
  }

  /**
   * @param limit milliseconds, where a person has to act on the device meanwhile
   * @throws DeskError of the token, or why there is no answer: crashed, hung, changed or unloadable module
   */
  async call<O extends Operation>(op: O, args: Args<O>, limit = this.#timeouts[op]): Promise<Result<O>> {
    const deaths = this.#deaths;
    const turn = this.#tail.then(async () => {
      if (deaths !== this.#deaths) throw this.#lastDeath!;
      const running = this.#running ?? (await this.#start());
      return await this.#exchange(running, op, args, limit);
    });
    this.#tail = turn.catch(() => {});
    return await turn;
  }

  /** Unloads the module and ends the process at once when it is busy: some modules deadlock while unloading. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    if (!running.pending)
      await this.call('finalize', {}).catch(() => {
        // The process ends below either way.
      });
    running.process.kill();
    this.#bury(running, 'token.module-crashed', new Error('stopped'));
  }

  async #start(): Promise<Running> {
    const { path, expectedSha256, launch } = this.#options;
    await checkModuleFile(path, expectedSha256);
    const running: Running = { process: launch() };
    running.process.onMessage((message) => this.#receive(running, message));
    running.process.onExit(({ code, signal }) =>
      this.#bury(running, 'token.module-crashed', new Error(`exit code ${code}, signal ${signal}`)),
    );
    this.#running = running;
    try {
      await this.#exchange(running, 'load', { path }, this.#timeouts.load);
    } catch (error) {
      running.process.kill();
      if (this.#running === running) this.#running = undefined;
      throw error;
    }
    return running;
  }

  async #exchange<O extends Operation>(
    running: Running,
    op: O,
    args: Args<O>,
    limit: number,
  ): Promise<Result<O>> {
    const id = ++this.#lastId;
    const timer = setTimeout(() => {
      running.process.kill();
      this.#bury(running, 'token.module-hung', new Error(`${op} took more than ${limit} ms`), limit);
    }, limit);
    try {
      const reply = await new Promise<Reply>((settle, fail) => {
        running.pending = { id, settle, fail };
        running.process.post({ id, op, args });
      });
      if ('error' in reply) {
        const { code, params, detail } = reply.error;
        if (!isErrorCode(code)) throw this.#disbelieve(running);
        throw new DeskError(code, params, detail ? new Error(detail) : undefined);
      }
      const result = operations[op].result.safeParse(reply.result);
      if (!result.success) throw this.#disbelieve(running);
      return result.data as Result<O>;
    } finally {
      clearTimeout(timer);
      delete running.pending;
    }
  }

  #receive(running: Running, message: unknown): void {
    const reply = replySchema.safeParse(message);
    if (reply.success && reply.data.id === running.pending?.id) running.pending.settle(reply.data);
    else this.#disbelieve(running);
  }

  /** Memory that vendor code has damaged answers nonsense; nothing it says later can be believed. */
  #disbelieve(running: Running): DeskError {
    running.process.kill();
    return this.#bury(running, 'token.module-crashed', new Error('malformed reply'));
  }

  #bury(
    running: Running,
    code: 'token.module-crashed' | 'token.module-hung',
    cause: Error,
    limit = 0,
  ): DeskError {
    const module = basename(this.path);
    const params = code === 'token.module-hung' ? { module, seconds: Math.ceil(limit / 1000) } : { module };
    const death = new DeskError(code, params, cause);
    if (this.#running !== running) return death;
    this.#running = undefined;
    this.#deaths++;
    this.#lastDeath = death;
    running.pending?.fail(death);
    return death;
  }
}
