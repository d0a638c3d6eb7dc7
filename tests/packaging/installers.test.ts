/**
 * Both installers, made of a small program and run under Wine. Wine cannot prove: the rights themselves (it maps them
 * to Unix bits and loses the users), that a junction is refused (it has none: a file stands for it), elevation, and
 * Windows Installer's dealing with a program that runs. msiexec's exit codes lose their upper byte here.
 */
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedFrom, makeOfficeFolderMaker } from '../../build/package.ts';
import { filesIn } from '../../build/windows/installed.ts';
import { makeMsi } from '../../build/windows/msi.ts';
import { makeSetup } from '../../build/windows/setup.ts';
import { needs } from '../needs.ts';
import { driveC, prepareWine, runWindows, startWindows, windowsPath } from '../windows/wine.ts';
import { makeElectronStandIn } from './stand-in.ts';

needs('makensis', 'wine', 'wixl', 'x86_64-w64-mingw32-g++-posix');

const folder = mkdtempSync(join(tmpdir(), 'Bộ cài '));
const officeFolder = join(driveC(), 'ProgramData/BanVanThu');
const UNINSTALL = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** Two versions: each with a file the other does not have. */
const versions = ['1.2.3', '1.10.0'] as const;
const setups: string[] = [];
const msis: string[] = [];
const fileOnlyIn = (version: string): string => `resources/only in ${version}.txt`;
const filesOf = (version: string): readonly string[] => filesIn(join(folder, version)).files;

/** Compilers, makensis and a new Wine prefix, on a busy machine. */
const BUILD_LIMIT_MS = 600_000;
beforeAll(async () => {
  prepareWine();
  // Debian's Wine runs 64-bit setup programs only; what is given out is 32-bit, of the same script.
  writeFileSync(join(folder, 'nsisconf.nsh'), 'Target amd64-unicode\n');
  process.env['NSISCONFDIR'] = folder;
  const [first] = versions.map((version) => join(folder, version));
  makeElectronStandIn('win32', first!);
  cpSync(join(first!, 'electron.exe'), join(first!, 'BanVanThu.exe'));
  cpSync(first!, join(folder, versions[1]), { recursive: true });
  const maker = await makeOfficeFolderMaker(folder);
  for (const version of versions) {
    const unpacked = join(folder, version);
    writeFileSync(join(unpacked, fileOnlyIn(version)), version);
    const installed = installedFrom(unpacked, maker, version);
    setups.push(await makeSetup(installed, join(import.meta.dirname, '../..'), join(folder, 'dist')));
    msis.push(await makeMsi(installed, join(folder, 'dist')));
  }
}, BUILD_LIMIT_MS);
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(officeFolder, { recursive: true, force: true });
});

const run = async (program: string, ...args: string[]) => (await runWindows(program, folder, args)).code;
/** Versions that Windows lists as installed. Asked with patience: once, right after the first setup in a new prefix, Wine told of none. */
async function registered(): Promise<readonly string[]> {
  const { stdout } = await runWindows('reg', folder, ['query', UNINSTALL, '/s']);
  return [...stdout.matchAll(/DisplayVersion\s+REG_SZ\s+(\S+)/g)].map(([, version]) => version!);
}

describe('the setup program', () => {
  const target = join(driveC(), 'BanVanThu');
  const uninstall = () => run(join(target, 'Uninstall.exe'), '/S', '_?=C:\\BanVanThu');
  const install = (setup: string) => run(setup, '/S', '/D=C:\\BanVanThu');
  const installed = () => filesIn(target).files.filter((path) => path !== 'Uninstall.exe');

  it('installs without a question where it is told to, and makes the office folder', async () => {
    expect(await install(setups[0]!)).toBe(0);
    expect(installed()).toEqual(filesOf(versions[0]));
    await expect.poll(registered).toEqual([versions[0]]);
    expect(existsSync(officeFolder)).toBe(true);
    const menu = join(driveC(), 'ProgramData/Microsoft/Windows/Start Menu/Programs');
    expect(filesIn(menu).files).toContain('Bàn Văn Thư.lnk');
  });

  it('changes nothing while the program runs', async () => {
    const program = startWindows(join(target, 'BanVanThu.exe'));
    await once(program.stdout, 'data');
    expect(await run(setups[1]!, '/S')).toBe(3);
    expect(await uninstall()).toBe(3);
    program.stdin.end();
    await once(program, 'exit');
    expect(installed()).toEqual(filesOf(versions[0]));
    await expect.poll(registered).toEqual([versions[0]]);
  });

  it('takes the place of the version before, and puts the rights of the office folder right', async () => {
    writeFileSync(join(officeFolder, 'office.sqlite'), 'records');
    chmodSync(officeFolder, 0o700);
    expect(await run(setups[1]!, '/S')).toBe(0);
    expect(installed()).toEqual(filesOf(versions[1]));
    await expect.poll(registered).toEqual([versions[1]]);
    // The rights were set anew: that others may read is what Wine makes of them.
    expect(statSync(officeFolder).mode & 0o077).not.toBe(0);
  });

  it('uninstalls what it installed, and nothing else', async () => {
    writeFileSync(join(target, 'resources/of the person.txt'), 'kept');
    expect(await uninstall()).toBe(0);
    expect(installed()).toEqual(['resources/of the person.txt']);
    expect(filesIn(officeFolder).files).toEqual(['office.sqlite']);
    await expect.poll(registered).toEqual([]);
    rmSync(target, { recursive: true });
  });

  it('installs nothing where the office folder is something else', async () => {
    rmSync(officeFolder, { recursive: true });
    writeFileSync(officeFolder, '');
    expect(await install(setups[0]!)).toBe(4);
    expect(existsSync(target)).toBe(false);
    await expect.poll(registered).toEqual([]);
    rmSync(officeFolder);
  });
});

const msiTarget = join(driveC(), 'Program Files/BanVanThu');
const msiexec = (how: string, path: string) => run('msiexec', how, windowsPath(path), '/qn', '/norestart');

describe('the MSI', () => {
  const target = msiTarget;

  it('installs without a question, and makes the office folder', async () => {
    expect(await msiexec('/i', msis[0]!)).toBe(0);
    expect(filesIn(target).files).toEqual(filesOf(versions[0]));
    await expect.poll(registered).toEqual([versions[0]]);
    mkdirSync(join(officeFolder, 'files'));
  });

  it('takes the place of the version before, never of a newer one', async () => {
    expect(await msiexec('/i', msis[1]!)).toBe(0);
    expect(filesIn(target).files).toEqual(filesOf(versions[1]));
    await expect.poll(registered).toEqual([versions[1]]);
    expect(await msiexec('/i', msis[0]!)).not.toBe(0);
    expect(filesIn(target).files).toEqual(filesOf(versions[1]));
  });

  it('uninstalls itself and leaves the office folder', async () => {
    expect(await msiexec('/x', msis[1]!)).toBe(0);
    expect(existsSync(target)).toBe(false);
    expect(existsSync(join(officeFolder, 'files'))).toBe(true);
    await expect.poll(registered).toEqual([]);
  });

  it('installs nothing where the office folder is something else', async () => {
    rmSync(officeFolder, { recursive: true });
    writeFileSync(officeFolder, '');
    expect(await msiexec('/i', msis[0]!)).not.toBe(0);
    expect(existsSync(join(target, 'BanVanThu.exe'))).toBe(false);
    await expect.poll(registered).toEqual([]);
  });
});

describe('of the two installers', () => {
  const setUp = join(driveC(), 'BanVanThu');
  const install = () => run(setups[0]!, '/S', '/D=C:\\BanVanThu');

  it('the second refuses, by an exit code, until what the first installed is gone', async () => {
    rmSync(officeFolder, { recursive: true });
    expect(await msiexec('/i', msis[0]!)).toBe(0);
    expect(await install()).toBe(7);
    expect(existsSync(setUp)).toBe(false);
    expect(await msiexec('/x', msis[0]!)).toBe(0);

    expect(await install()).toBe(0);
    expect(await msiexec('/i', msis[0]!)).not.toBe(0);
    expect(existsSync(msiTarget)).toBe(false);
    await expect.poll(registered).toEqual([versions[0]]);
    expect(await run(join(setUp, 'Uninstall.exe'), '/S', '_?=C:\\BanVanThu')).toBe(0);
    expect(await msiexec('/i', msis[0]!)).toBe(0);
    expect(await msiexec('/x', msis[0]!)).toBe(0);
    rmSync(setUp, { recursive: true });
  });
});
