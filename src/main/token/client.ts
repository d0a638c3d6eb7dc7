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
  restart: 10_000,
  list: 20_000,
  certificates: 10_000,
  poll: 10_000,
  open: 30_000,
  learn: 30_000,
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
  /** Why the last process ended. A request that finds another end than at its start has waited through one. */
  #lastEnd: DeskError | undefined;

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
    const lastEnd = this.#lastEnd;
    const turn = this.#tail.then(async () => {
      this.#mustBeSame(lastEnd);
      const running = this.#running ?? (await this.#start());
      return await this.#exchange(running, op, args, limit);
    });
    this.#tail = turn.catch(() => {});
    return await turn;
  }

  /** Unloads the module, unless it is busy, and ends the process: some modules deadlock while unloading. */
  async stop(): Promise<void> {
    if (this.#running && !this.#running.pending)
      await this.call('finalize', {}).catch(() => {
        // The process ends below either way.
      });
    this.#end(this.#running, new DeskError('token.session-ended', {}, new Error('stopped')));
  }

  #mustBeSame(lastEnd: DeskError | undefined): void {
    if (this.#lastEnd && this.#lastEnd !== lastEnd) throw this.#lastEnd;
  }

  async #start(): Promise<Running> {
    const { path, expectedSha256, launch } = this.#options;
    const lastEnd = this.#lastEnd;
    await checkModuleFile(path, expectedSha256);
    this.#mustBeSame(lastEnd);
    const running: Running = { process: launch() };
    running.process.onMessage((message) => this.#receive(running, message));
    running.process.onExit(({ code, signal }) =>
      this.#crashed(running, `exit code ${code}, signal ${signal}`),
    );
    this.#running = running;
    try {
      await this.#exchange(running, 'load', { path }, this.#timeouts.load);
    } catch (error) {
      if (this.#running === running) this.#running = undefined;
      running.process.kill();
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
      const params = { module: basename(this.path), seconds: Math.ceil(limit / 1000) };
      this.#end(
        running,
        new DeskError('token.module-hung', params, new Error(`${op} took over ${limit} ms`)),
      );
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
    return this.#crashed(running, 'malformed reply');
  }

  #crashed(running: Running, how: string): DeskError {
    const params = { module: basename(this.path) };
    return this.#end(running, new DeskError('token.module-crashed', params, new Error(how)));
  }

  /** Ends the process if it has not ended, and fails what it was doing and what waits for it. */
  #end(running: Running | undefined, reason: DeskError): DeskError {
    if (this.#running !== running) return reason;
    this.#running = undefined;
    this.#lastEnd = reason;
    running?.process.kill();
    running?.pending?.fail(reason);
    return reason;
  }
}
