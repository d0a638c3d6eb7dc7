import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The name of the folder both installers make below `%ProgramData%`, with its rights (build/windows/office-folder.c). */
const SHARED = 'BanVanThu';

export interface Folders {
  /** The office's records, which all accounts of the computer may share. */
  readonly office: string;
  /** What is this account's alone: its secrets, its log. */
  readonly own: string;
}

/**
 * Where everything is.
 * @param given `--data=DIR`, '' without: everything is in it, as a sample office wants
 * @param account the account's own folder; an office that began there stays there
 * @param programData Windows' folder for all accounts; undefined elsewhere
 */
export function foldersOf({
  given,
  account,
  programData,
}: {
  readonly given: string;
  readonly account: string;
  readonly programData: string | undefined;
}): Folders {
  if (given !== '') return { office: join(resolve(given), 'office'), own: resolve(given) };
  const office = join(account, 'office');
  if (programData === undefined || existsSync(office)) return { office, own: account };
  const shared = join(programData, SHARED);
  return { office: isWritable(shared) ? shared : office, own: account };
}

/** Asked by writing: on Windows `access` knows nothing of a folder's rights. */
function isWritable(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(folder, '.asked-')));
    return true;
  } catch {
    return false;
  }
}
