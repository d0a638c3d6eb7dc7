/** Offices in the places that Windows has. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openStore } from '../store/index.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(above: string): string {
  const folder = mkdtempSync(join(above, 'Văn thư '));
  folders.push(folder);
  return folder;
}

/** Opens and closes an office twice: the second time its database is there. */
function opens(dir: string): boolean {
  const store = openStore(dir);
  const { sha256 } = store.files.put(Buffer.from('công văn'));
  store.close();
  const again = openStore(dir);
  const text = again.files.read(sha256).toString();
  again.close();
  return text === 'công văn';
}

it('opens one deeper than 260 letters', () => {
  const dir = join(
    newFolder(tmpdir()),
    ...Array.from({ length: 12 }, (_, n) => `thư mục con thứ ${n} ở sâu`),
  );
  expect(dir.length).toBeGreaterThan(280);
  expect(opens(dir)).toBe(true);
  expect(existsSync(join(dir, 'office.sqlite'))).toBe(true);
});

it('opens one on a second disk', () => {
  expect(opens(newFolder('D:\\'))).toBe(true);
});

it('knows a folder by every spelling of its name: one office, one desk', () => {
  const dir = join(newFolder(tmpdir()), 'Office');
  const store = openStore(dir);
  for (const spelling of [dir.toUpperCase(), dir.replaceAll('\\', '/'), `\\\\?\\${dir}`, `${dir}\\`])
    expect(() => openStore(spelling), spelling).toThrow(
      expect.objectContaining({ code: 'store.already-open' }),
    );
  store.close();
});

it('opens none on a share, and none by the name of a device, and makes nothing there', () => {
  const folder = newFolder(tmpdir());
  expect(() => openStore('\\\\may-chu\\chung')).toThrow(
    expect.objectContaining({ code: 'store.on-a-share' }),
  );
  for (const name of ['CON', 'office.', 'office:2'])
    expect(() => openStore(join(folder, name)), name).toThrow(
      expect.objectContaining({ code: 'host.bad-file-name' }),
    );
  expect(existsSync(join(folder, 'office'))).toBe(false);
});
