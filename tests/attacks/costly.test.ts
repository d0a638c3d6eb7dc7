import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { costlyParts, listSigner } from './costly-parts.ts';
import { costly } from './costly.ts';

const folder = mkdtempSync(join(tmpdir(), 'costly-'));
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

/** What a child process says of itself; nothing else may come out of it. */
function judged(script: string, ...args: string[]): Record<string, unknown> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    encoding: 'utf8',
    // Against what never ends; the limit is on time of the processor, below.
    timeout: 100_000,
  });
  expect(stderr).toBe('');
  const told = JSON.parse(stdout) as Record<string, unknown>;
  // Limits of the product, not a benchmark.
  expect(told['ms']).toBeLessThan(5000);
  expect(told['megabytes']).toBeLessThan(512);
  return told;
}

describe('files made to cost end in a verdict within 5 seconds and 512 MB, and never in a green one', () => {
  it.each(Object.entries(costly))('%s', async (_, make) => {
    const file = join(folder, 'costly.pdf');
    writeFileSync(file, await make(pki));
    expect(judged('judge-child.ts', file)['verdict']).not.toMatch(/^valid/);
  });
});

describe('parts made to cost end in an answer, or in a code with its Vietnamese sentence, within the same', () => {
  it.each(Object.entries(costlyParts))('%s', async (_, { door, make, outcome }) => {
    const [file, signer] = [join(folder, 'part'), join(folder, 'signer.cer')];
    writeFileSync(file, await make());
    writeFileSync(signer, (await listSigner()).der);
    const { what, said } = judged('part-child.ts', door, file, signer);
    expect(what).toMatch(outcome);
    // A failure has a code, and its sentence no gap.
    if (String(what).includes('.')) expect(said).toMatch(/^[^{…]+[.)]$/);
  });
});
