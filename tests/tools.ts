import { accessSync, constants, globSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs outside npm that tests use; each is of a package in `system-packages.ts`. Windows has none of them. */
export type Tool =
  | 'gcc'
  | 'git'
  | 'mutool'
  | 'openssl'
  | 'pdfsig'
  | 'pdftotext'
  | 'pkcs11-tool'
  | 'qpdf'
  | 'softhsm2-util'
  | 'wine';

/** Where a command is, if the machine has it. */
export function inPath(command: string): string | null {
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
