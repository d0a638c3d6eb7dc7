/** Files that another program really holds. */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hold } from '../../../tests/windows/holder.ts';
import { clearSync, whenFree, whenFreeSync, type World } from './busy.ts';

let folder: string;
let file: string;
let letGo: () => Promise<void>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'giữ tệp '));
  file = join(folder, 'công văn.pdf');
  writeFileSync(file, 'old');
  letGo = await hold(file);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Time passes at once; in the first pause the file is let go, where that is wanted. */
const passing = (inPause: () => Promise<void> = () => Promise.resolve()): World => ({
  platform: process.platform,
  pause: inPause,
  pauseSync: () => undefined,
});

it.each([
  ['written', () => writeFile(file, 'new')],
  [
    'replaced',
    async () => {
      await writeFile(join(folder, 'next'), 'new');
      await rename(join(folder, 'next'), file);
    },
  ],
] as const)('is %s once it is free', async (_, work) => {
  await whenFree(file, work, passing(letGo));
  expect(readFileSync(file, 'utf8')).toBe('new');
});

it('is named when it is never free, and is as it was', async () => {
  writeFileSync(join(folder, 'next'), 'new');
  const told = expect.objectContaining({ code: 'host.file-held', params: { file } });
  expect(() => whenFreeSync(file, () => renameSync(join(folder, 'next'), file), passing())).toThrow(told);
  expect(() => whenFreeSync(file, () => rmSync(file), passing())).toThrow(told);
  await letGo();
  expect(readFileSync(file, 'utf8')).toBe('old');
});

it('stays where an earlier run is cleared away, and stops nobody', async () => {
  clearSync(folder);
  expect(existsSync(file)).toBe(true);
  await letGo();
  clearSync(folder);
  expect(existsSync(folder)).toBe(false);
  folder = mkdtempSync(join(tmpdir(), 'giữ tệp '));
});
