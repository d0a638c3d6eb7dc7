import type { UtilityProcess } from 'electron';
import type { LaunchHost } from '../token/launch.ts';

interface Parts {
  readonly fork: (entry: string) => Pick<UtilityProcess, 'on' | 'once' | 'kill' | 'pid' | 'postMessage'>;
  readonly killByPid: (pid: number) => void;
}

/** Token hosts as utility processes: with the runAsNode fuse off, `child_process.fork` is not to be had. */
export function utilityHost(entry: string, { fork, killByPid }: Parts): LaunchHost {
  return () => {
    const child = fork(entry);
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window: it has no origin
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener({ code, signal: null })),
      kill() {
        // `kill()` asks politely; a module that hangs in native code never hears it.
        if (child.pid === undefined) child.kill();
        else killByPid(child.pid);
      },
    };
  };
}
