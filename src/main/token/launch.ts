/** How a token host process is started. Electron's utilityProcess fits the same seam (`electron/`). */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface HostExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface HostProcess {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however the process ended. */
  onExit(listener: (exit: HostExit) => void): void;
  /** Ends it at once, also when it hangs in native code. */
  kill(): void;
}

export type LaunchHost = () => HostProcess;

interface ForkOptions {
  /** Entry script; the bundled desk has it elsewhere. */
  readonly entry?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Hosts as plain child processes of Node: browser host, command line, tests. */
export function forkHost({ entry, env }: ForkOptions = {}): LaunchHost {
  const script = entry ?? fileURLToPath(new URL('./host.ts', import.meta.url));
  return () => {
    const child = fork(script, [], {
      serialization: 'advanced',
      execArgv: [],
      // Vendor code prints; nothing of it belongs in the desk's output.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: env ?? process.env,
    });
    let hasEnded = false;
    return {
      // A process that has just died answers through onExit; a failed send says nothing more.
      post: (message) => void child.send(message as object, () => {}),
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        const end = (exit: HostExit): void => {
          if (hasEnded) return;
          hasEnded = true;
          listener(exit);
        };
        child.on('exit', (code, signal) => end({ code, signal }));
        // The process could not be started at all.
        child.on('error', () => end({ code: null, signal: null }));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
