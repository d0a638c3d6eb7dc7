import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  existsSync,
  openSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../../../tests/needs.ts';
import { storeFailure } from './failures.ts';
import { clearIncomplete, openFiles, type FileStore } from './files.ts';

let dir: string;
let files: FileStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'files-'));
  files = openFiles(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const incomplete = () => readdirSync(join(dir, 'files', 'incomplete'));

async function* halfAndThenNothing() {
  yield Buffer.from('half');
  throw new Error('cable pulled');
}

describe('content-addressed files', () => {
  it('keeps bytes under their SHA-256 (FIPS 180-4, example "abc"), read-only, once', async () => {
    expect(files.put(Buffer.from('abc'))).toEqual({ sha256: abc, size: 3 });
    const path = files.path(abc);
    expect(path).toBe(join(dir, 'files', abc.slice(0, 2), abc.slice(2)));
    expect(statSync(path).mode & 0o222).toBe(0);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o400);
    const { ino } = statSync(path);
    expect(await files.putStream([Buffer.from('a'), Buffer.from('bc')], 3)).toEqual({ sha256: abc, size: 3 });
    expect(statSync(path).ino).toBe(ino);
    expect(files.read(abc).toString()).toBe('abc');
    expect(incomplete()).toEqual([]);
  });

  it('takes no more than the limit and leaves nothing behind', async () => {
    await expect(
      files.putStream([new Uint8Array(600_000), new Uint8Array(600_000)], 1_000_000),
    ).rejects.toMatchObject({
      code: 'store.file-too-large',
      params: { limitMb: 1 },
    });
    expect(incomplete()).toEqual([]);
  });

  it('leaves nothing behind when the source fails', async () => {
    await expect(files.putStream(halfAndThenNothing(), 100)).rejects.toThrow('cable pulled');
    expect(incomplete()).toEqual([]);
  });

  it('grows a file into a new one with the old bytes as its prefix', async () => {
    const { sha256 } = files.put(Buffer.from('a'));
    expect(await files.grow(sha256, Buffer.from('bc'))).toEqual({ sha256: abc, size: 3 });
    expect(files.read(sha256).toString()).toBe('a');
    expect(files.peek(abc)).toEqual({ size: 3, head: Buffer.from('abc') });
  });

  it('notices files that are missing, changed or cut, and heals a cut one when it is stored again', async () => {
    expect(await files.check(abc)).toBe('missing');
    expect(() => files.read(abc)).toThrow(expect.objectContaining({ code: 'store.file-missing' }));
    files.put(Buffer.from('abc'));
    expect(await files.check(abc)).toBe('whole');
    chmodSync(files.path(abc), 0o644);
    writeFileSync(files.path(abc), 'abd');
    expect(await files.check(abc)).toBe('damaged');
    expect(() => files.read(abc)).toThrow(expect.objectContaining({ code: 'store.file-damaged' }));
    writeFileSync(files.path(abc), 'ab');
    files.put(Buffer.from('abc'));
    expect(await files.check(abc)).toBe('whole');
  });

  it.each(['../../etc/passwd', 'ABC', '', `${abc}0`])('never takes %j for a path', (name) => {
    expect(() => files.path(name)).toThrow(expect.objectContaining({ code: 'store.file-missing' }));
  });

  it('clears what a crash left half written', () => {
    writeFileSync(join(dir, 'files', 'incomplete', 'x'), 'half');
    clearIncomplete(dir);
    expect(existsSync(join(dir, 'files', 'incomplete'))).toBe(false);
  });
});

describe('failures', () => {
  needs('/dev/full')('names a full disk', () => {
    const full = openSync('/dev/full', 'w');
    let failure: unknown;
    try {
      writeSync(full, 'x');
    } catch (error) {
      failure = storeFailure(error, '/data');
    }
    expect(failure).toMatchObject({ code: 'store.disk-full', params: { place: '/data' } });
  });

  needs('/proc/self/mem')('names a disk that cannot be read', () => {
    let failure: unknown;
    try {
      // A file whose first page no process has: reading it is an input error of the system, as of a dying disk.
      new Database('/proc/self/mem', { readonly: true }).pragma('user_version');
    } catch (error) {
      failure = storeFailure(error, '/data');
    }
    expect(failure).toMatchObject({ code: 'store.disk-failing' });
  });
});
