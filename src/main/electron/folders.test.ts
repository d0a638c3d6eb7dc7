import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldersOf } from './folders.ts';

let root: string;
let account: string;
let programData: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'Thư mục '));
  account = join(root, 'account');
  programData = join(root, 'ProgramData');
  for (const folder of [account, programData]) mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

describe('where the office is', () => {
  it('is the folder the installer made for all accounts, which is left as it was found', () => {
    const shared = join(programData, 'BanVanThu');
    mkdirSync(shared);
    expect(foldersOf({ given: '', account, programData })).toEqual({ office: shared, own: account });
    expect(readdirSync(shared)).toEqual([]);
  });

  it("is the account's own where no installer made one, or not Windows", () => {
    const own = { office: join(account, 'office'), own: account };
    expect(foldersOf({ given: '', account, programData })).toEqual(own);
    expect(foldersOf({ given: '', account, programData: undefined })).toEqual(own);
    expect(readdirSync(programData)).toEqual([]);
  });

  it("is the account's own where the shared one cannot be written to", () => {
    writeFileSync(join(programData, 'BanVanThu'), 'a file, which root cannot write into either');
    expect(foldersOf({ given: '', account, programData }).office).toBe(join(account, 'office'));
  });

  it('stays where it began', () => {
    mkdirSync(join(programData, 'BanVanThu'));
    mkdirSync(join(account, 'office'));
    expect(foldersOf({ given: '', account, programData }).office).toBe(join(account, 'office'));
  });

  it('is in the folder that was given, with everything else', () => {
    mkdirSync(join(programData, 'BanVanThu'));
    expect(foldersOf({ given: root, account, programData })).toEqual({
      office: join(root, 'office'),
      own: root,
    });
  });
});
