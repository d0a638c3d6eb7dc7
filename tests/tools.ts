import { accessSync, constants, existsSync, globSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Programs outside npm that tests use, each of a package in `system-packages.ts` or of every Linux, and files that are
 * Linux's own. Windows has none of them.
 */
export type Tool =
  | '/dev/full'
  | '/proc/self/mem'
  | 'gcc'
  | 'git'
  | 'makensis'
  | 'mkfifo'
  | 'mutool'
  | 'openssl'
  | 'pdfsig'
  | 'pdftotext'
  | 'pkcs11-tool'
  | 'qpdf'
  | 'softhsm2-util'
  | 'wine'
  | 'wixl'
  | 'x86_64-w64-mingw32-g++-posix';

/** Where a command is, if the machine has it; a path stands for itself. */
export function inPath(command: string): string | null {
  if (command.startsWith('/')) return existsSync(command) ? command : null;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/**
 * The test files that are not for this system, as paths under `root`, with slashes: of Linux those that say
 * `needs(…);` of themselves (`needs.ts`), of Windows those so named.
 */
export function filesOfAnotherSystem(root: string, platform: NodeJS.Platform = process.platform): string[] {
  return globSync('{src,tests}/**/*.test.ts', { cwd: root })
    .filter((path) =>
      platform === 'win32'
        ? /^needs\(/m.test(readFileSync(join(root, path), 'utf8'))
        : path.endsWith('.windows.test.ts'),
    )
    .map((path) => path.replaceAll('\\', '/'));
}
