import { spawn } from 'node:child_process';

/** The command that opens an address in the person's own browser. */
export function openerOf(platform: NodeJS.Platform, url: string): readonly [string, readonly string[]] {
  // `start` is a builtin of cmd; its first quoted argument would be taken as a window title.
  if (platform === 'win32') return ['cmd.exe', ['/c', 'start', '""', url]];
  return platform === 'darwin' ? ['open', [url]] : ['xdg-open', [url]];
}

/**
 * Opens `url` in the default browser. False when that did not work (no desktop, no browser): the address is on the
 * screen, so this is nothing to stop for.
 */
export function openBrowser(
  url: string,
  [command, args] = openerOf(process.platform, url),
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    // An opener that stays (it became the browser itself) has done its work; it must not keep us running.
    setTimeout(() => resolve(child.exitCode === null), 3000).unref();
    child.unref();
  });
}
