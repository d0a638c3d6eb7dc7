/** The setup program: electron-builder runs our NSIS script (installer.nsi) over the unpacked program. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { type Installed, MSI_UPGRADE_CODE, SETUP_KEY } from './installed.ts';

/** @throws Error at what an NSIS script would read as a variable or as the end of the text */
function quoted(text: string): string {
  if (/[$"]/.test(text)) throw new Error(`NSIS cannot be given the path ${text}`);
  return `"${text}"`;
}
const target = (path: string): string => quoted(path).replace('"', '"$INSTDIR\\').replaceAll('/', '\\');

/** The names and macros that installer.nsi uses. */
function definitions({ unpacked, files, folders, program, officeFolderMaker }: Installed): string {
  return [
    `!define PROGRAM ${quoted(program)}`,
    `!define UNINSTALL_KEY ${quoted(SETUP_KEY)}`,
    `!define MSI_UPGRADE_CODE "{${MSI_UPGRADE_CODE}}"`,
    `!define OFFICE_FOLDER_MAKER ${quoted(officeFolderMaker)}`,
    '!macro installFiles',
    ...folders.map((path) => `  CreateDirectory ${target(path)}`),
    ...files.map((path) => `  File ${target(path).replace('"', '"/oname=')} ${quoted(join(unpacked, path))}`),
    '!macroend',
    '!macro removeFiles',
    ...files.map((path) => `  Delete ${target(path)}`),
    ...folders.toReversed().map((path) => `  RMDir ${target(path)}`),
    '!macroend',
    '',
  ].join('\n');
}

/** Debian's makensis and 7za in the place of what electron-builder would download; elsewhere it does. */
async function debianTools(folder: string): Promise<Readonly<Record<string, string>>> {
  if (!existsSync('/usr/bin/makensis') || !existsSync('/usr/bin/7za')) return {};
  await symlink('/usr/bin/makensis', join(folder, 'makensis'));
  await mkdir(join(folder, 'plugins/x86-unicode'), { recursive: true });
  return {
    ELECTRON_BUILDER_NSIS_DIR: folder,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: folder,
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
  };
}

/** @returns the setup program's path, in `output` */
export async function makeSetup(installed: Installed, project: string, output: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'setup-'));
  try {
    const include = join(folder, 'definitions.nsh');
    await writeFile(include, definitions(installed));
    Object.assign(process.env, await debianTools(folder));
    const made = await build({
      projectDir: project,
      prepackaged: installed.unpacked,
      targets: Platform.WINDOWS.createTarget('nsis'),
      config: {
        directories: { output },
        extraMetadata: { version: installed.version },
        nsis: { include },
        // Of the archive it makes of the program for its own script; ours compresses by itself.
        compression: 'store',
      },
    });
    return made.at(0)!;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
