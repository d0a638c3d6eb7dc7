/** The MSI, for offices whose computers are managed: made by wixl (Debian), which reads a part of WiX's language. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Installed, MSI_UPGRADE_CODE, SETUP_KEY } from './installed.ts';

const run = promisify(execFile);

/** wixl looks for it beside the source. */
const OFFICE_FOLDER_MAKER = 'office-folder.exe';

const NEWER_IS_HERE =
  'Máy đã có bản mới hơn, nên bản này không được cài. A newer version is installed; this one is not.';

const SETUP_IS_HERE =
  'Chương trình đã được cài bằng bộ cài EXE. Hãy gỡ bản đó (dữ liệu vẫn còn) rồi cài lại. ' +
  'The setup program has installed it. Uninstall that (records stay), then install again.';

/** Stands for the sentence until msibuild puts it in; wixl cannot. */
const [NEWER, SETUP] = ['newer', 'setup'] as const;

const sql = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What wixl cannot say, in the words of msibuild: wixl ends with a segmentation fault at the letters ă and ư. */
function additions({ productName }: Installed): readonly string[] {
  const name = sql(productName);
  return [
    `UPDATE \`Property\` SET \`Value\` = ${name} WHERE \`Property\` = 'ProductName'`,
    `UPDATE \`Property\` SET \`Value\` = ${name} WHERE \`Property\` = 'Manufacturer'`,
    `UPDATE \`Shortcut\` SET \`Name\` = ${name} WHERE \`Shortcut\` = 'start'`,
    ...(
      [
        [NEWER, NEWER_IS_HERE],
        [SETUP, SETUP_IS_HERE],
      ] as const
    ).map(
      ([word, sentence]) =>
        `UPDATE \`LaunchCondition\` SET \`Description\` = ${sql(sentence)} WHERE \`Description\` = '${word}'`,
    ),
    // Before any file is copied; its failure undoes the installation. 3074: a program kept in the MSI (2), run within
    // the installation (1024), as the system, not as the person (2048).
    "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`) VALUES ('MakeOfficeFolder', 3074, 'OfficeFolderMaker')",
    "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('MakeOfficeFolder', 'NOT REMOVE', 1510)",
  ];
}

/** Texts are UTF-8; an import file: no columns, no types, the code page. */
const CODE_PAGE = '\r\n\r\n65001\t_ForceCodepage\r\n';

/** One file is one component, the same in every version, so that Windows can tell what an update replaces. */
function componentGuid(path: string): string {
  const hex = createHash('sha256').update(`${MSI_UPGRADE_CODE} ${path}`).digest('hex').slice(0, 32);
  const version8 = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17)}`;
  return version8.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase();
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
/** Names within an MSI are letters, digits, dots and underscores. */
const identifier = (path: string): string =>
  `i${createHash('sha256').update(path).digest('hex').slice(0, 24)}`;

function component(installed: Installed, path: string): string {
  const id = identifier(path);
  const shortcut =
    path === installed.program
      ? `<Shortcut Id="start" Directory="ProgramMenuFolder" Name="BanVanThu" WorkingDirectory="INSTALLDIR"/>`
      : '';
  return (
    `<Component Id="c${id}" Guid="${componentGuid(path)}" Win64="yes">` +
    `<File Id="f${id}" Name="${escaped(basename(path))}" Source="${escaped(`program/${path}`)}" KeyPath="yes">${shortcut}</File>` +
    '</Component>'
  );
}

/** @param folder below `unpacked`; '.' for itself */
function contents(installed: Installed, folder: string): string {
  const inFolder = (path: string) => dirname(path) === folder;
  return [
    ...installed.files.filter(inFolder).map((path) => component(installed, path)),
    ...installed.folders
      .filter(inFolder)
      .map(
        (path) =>
          `<Directory Id="d${identifier(path)}" Name="${escaped(basename(path))}">${contents(installed, path)}</Directory>`,
      ),
  ].join('\n');
}

function source(installed: Installed): string {
  const refs = installed.files.map((path) => `<ComponentRef Id="c${identifier(path)}"/>`).join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" Name="BanVanThu" Manufacturer="BanVanThu" Version="${installed.version}" Language="1066"
    UpgradeCode="${MSI_UPGRADE_CODE}">
    <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Languages="1066"/>
    <MajorUpgrade DowngradeErrorMessage="${NEWER}"/>
    <Property Id="SETUPFOLDER">
      <RegistrySearch Id="setup" Root="HKLM" Key="${SETUP_KEY}" Name="InstallLocation" Type="raw" Win64="yes"/>
    </Property>
    <Condition Message="${SETUP}">Installed OR NOT SETUPFOLDER</Condition>
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
    <Binary Id="OfficeFolderMaker" SourceFile="${OFFICE_FOLDER_MAKER}"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramMenuFolder"/>
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="BanVanThu">
${contents(installed, '.')}
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="Program" Level="1">
${refs}
    </Feature>
  </Product>
</Wix>
`;
}

/**
 * @returns the MSI's path, in `output`
 * @throws Error with wixl's words, or ENOENT where it is not installed
 */
export async function makeMsi(installed: Installed, output: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'msi-'));
  try {
    await mkdir(output, { recursive: true });
    const made = join(output, `BanVanThu-${installed.version}-x64.msi`);
    const wxs = join(folder, 'program.wxs');
    const codePage = join(folder, 'codepage.idt');
    await writeFile(codePage, CODE_PAGE);
    await copyFile(installed.officeFolderMaker, join(folder, OFFICE_FOLDER_MAKER));
    await symlink(resolve(installed.unpacked), join(folder, 'program'));
    await writeFile(wxs, source(installed));
    await run('wixl', ['--arch', 'x64', '--output', made, wxs]);
    await run('msibuild', [made, '-i', codePage]);
    for (const query of additions(installed)) await run('msibuild', [made, '-q', query]);
    await run('msibuild', [made, '-s', installed.productName, installed.productName, 'x64;1066']);
    return made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
