import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { costly } from './costly.ts';

const folder = mkdtempSync(join(tmpdir(), 'costly-'));
const child = fileURLToPath(new URL('judge-child.ts', import.meta.url));
let pki: OfficePki;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('files made to cost end in a verdict within 5 seconds and 512 MB, and never in a green one', () => {
  it.each(Object.entries(costly))('%s', async (_, make) => {
    const file = join(folder, 'costly.pdf');
    writeFileSync(file, await make(pki));
    const { stdout, stderr } = spawnSync(process.execPath, [child, file], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(stderr).toBe('');
    const { verdict, ms, megabytes } = JSON.parse(stdout) as {
      verdict: string;
      ms: number;
      megabytes: number;
    };
    expect(verdict).not.toMatch(/^valid/);
    expect(ms).toBeLessThan(5000);
    expect(megabytes).toBeLessThan(512);
  });
});
