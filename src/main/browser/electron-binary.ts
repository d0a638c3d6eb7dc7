import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The Electron program of this machine, or in one plain clause why there is none. */
export type ElectronBinary = { readonly path: string } | { readonly missing: string };

const DOWNLOAD_MS = 120_000;

/** Folder of the npm package `electron`; null where it is not installed (`npm ci --omit=dev`). */
function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** As the package's own `index.js` looks it up, without its download. */
function installedElectron(folder: string): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** Runs the package's own installer; resolves to the last words of its complaint, or null when it worked. */
function download(folder: string, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
    });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(0, 4000)));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(null);
      else
        resolve(
          signal === null
            ? (complaint.trim().split('\n')[0] ?? '')
            : `no answer within ${timeoutMs / 1000} seconds`,
        );
    });
  });
}

/** Why this machine can show no window, in one plain clause; null where it can. */
export function windowless(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | null {
  const shows = platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
  return shows ? null : 'there is no desktop session to show its window';
}

/**
 * Finds Electron where its window can be shown, downloading it first where it is missing and `mayDownload`. Never
 * throws: without Electron the desk opens in a browser, and the reason is told.
 */
export async function findElectron(
  mayDownload: boolean,
  {
    folder = packageFolder(),
    timeoutMs = DOWNLOAD_MS,
    noWindow = windowless(process.platform, process.env),
  }: { folder?: string | null; timeoutMs?: number; noWindow?: string | null } = {},
): Promise<ElectronBinary> {
  if (folder === null) return { missing: 'the npm package electron is not installed' };
  if (noWindow !== null) return { missing: noWindow };
  const installed = installedElectron(folder);
  if (installed !== null) return { path: installed };
  if (!mayDownload) return { missing: 'its program has not been downloaded' };
  const complaint = await download(folder, timeoutMs);
  const path = installedElectron(folder);
  if (path !== null) return { path };
  return { missing: `its program could not be downloaded (${complaint ?? 'the installer left nothing'})` };
}

/**
 * What Electron's program is started with to show the office in `dataDir`; `root` is the folder of package.json.
 * Chromium's profile goes there too, so that a sample office shares nothing with the person's own.
 */
export function electronArguments(root: string, dataDir: string): string[] {
  // Chromium refuses its sandbox to root, which containers are.
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    root,
    `--user-data-dir=${join(dataDir, 'profile')}`,
    `--data=${dataDir}`,
  ];
}
