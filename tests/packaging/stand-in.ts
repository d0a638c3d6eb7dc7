import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder that electron-builder takes for Electron's (`electronDist`): a program of ours in the place of Electron's
 * with what the builder changes in it, and files as Electron has them beside it. It runs until its input ends.
 */

/** Where a real Electron keeps its fuses: a sentinel, the version, their number, and a `0` or `1` for each. */
const FUSES = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\\x01\\x09" "${'0'.repeat(9)}`;

const PROGRAM = `
#include <stdio.h>
static const char fuses[] __attribute__((used)) = "${FUSES}";
int main(void) {
  puts("runs");
  fflush(stdout);
  while (getchar() != EOF) {}
  return 0;
}
`;

const RESOURCES = `
1 VERSIONINFO FILEVERSION 1,0,0,0 PRODUCTVERSION 1,0,0,0
BEGIN
  BLOCK "StringFileInfo" { BLOCK "040904b0" { VALUE "ProductName", "Electron" VALUE "FileVersion", "1.0.0.0" } }
  BLOCK "VarFileInfo" { VALUE "Translation", 0x409, 1200 }
END
1 24 "electron.manifest"
`;

const MANIFEST = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"></assembly>
`;

function compile(command: string, args: readonly string[], folder: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}\n${stderr}`);
}

export function makeElectronStandIn(platform: 'win32' | 'linux', folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  for (const name of ['en-US', 'fr', 'vi']) writeFileSync(join(folder, `locales/${name}.pak`), name);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'resources/default_app.asar'])
    writeFileSync(join(folder, name), name);
  const made = join(folder, 'made');
  mkdirSync(made);
  writeFileSync(join(made, 'program.c'), PROGRAM);
  if (platform === 'linux') {
    compile('gcc', ['-s', '-o', '../electron', 'program.c'], made);
  } else {
    writeFileSync(join(made, 'electron.rc'), RESOURCES);
    writeFileSync(join(made, 'electron.manifest'), MANIFEST);
    compile('x86_64-w64-mingw32-windres', ['electron.rc', 'resources.o'], made);
    compile('x86_64-w64-mingw32-gcc', ['-s', '-o', '../electron.exe', 'program.c', 'resources.o'], made);
  }
}
