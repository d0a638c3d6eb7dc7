/** What both installers put on a Windows computer. */
import { globSync } from 'node:fs';
import { join } from 'node:path';

export interface Installed {
  /** The folder electron-builder made. */
  readonly unpacked: string;
  /** Below `unpacked`, with slashes. */
  readonly files: readonly string[];
  /** Below `unpacked`, with slashes; each before what is in it. */
  readonly folders: readonly string[];
  /** The program that makes the office folder with its rights (office-folder.c); it is run, not installed. */
  readonly officeFolderMaker: string;
  /** Of package.json and electron-builder.yml. */
  readonly version: string;
  readonly productName: string;
  readonly program: string;
}

/** How Windows knows the MSI of every version: it never changes. */
export const MSI_UPGRADE_CODE = '2F3A9C51-6D0B-4E8A-9B57-0C8E4D1A7F36';

/** Below HKEY_LOCAL_MACHINE (64-bit): where the setup program of every version says that it is installed, and where. */
export const SETUP_KEY = String.raw`Software\Microsoft\Windows\CurrentVersion\Uninstall\BanVanThu`;

/** @throws Error when the folder is empty: an installer of nothing would be made */
export function filesIn(unpacked: string): Pick<Installed, 'unpacked' | 'files' | 'folders'> {
  const entries = globSync('**', { cwd: unpacked, withFileTypes: true });
  const below = (isFolder: boolean): readonly string[] =>
    entries
      .filter((entry) => entry.isDirectory() === isFolder)
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(unpacked.length + 1)
          .replaceAll('\\', '/'),
      )
      .filter((path) => path !== '')
      .sort();
  const files = below(false);
  if (files.length === 0) throw new Error(`Nothing to install in ${unpacked}`);
  return { unpacked, files, folders: below(true) };
}
