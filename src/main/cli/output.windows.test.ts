/** What a command writes on Windows: never under a name that is none, and once whoever holds the file lets it go. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { hold } from '../../../tests/windows/holder.ts';
import { edxml } from './edxml.ts';
import { verify } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'Kết quả '));
const at = (name: string) => join(folder, name);
const message = {
  kind: 'status',
  from: { organId: '000.00.01.H99', name: 'Trường Tiểu học Ví Dụ' },
  responseFor: {
    organId: '000.00.02.H99',
    documentId: '000.00.02.H99,2026/11/20,12/CV-VD',
    code: '12/CV-VD',
  },
  code: '03',
};
writeFileSync(at('message.json'), JSON.stringify(message));
writeFileSync(at('letter.pdf'), await drawLetter(SAMPLE_LETTER));

beforeEach(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => void vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

const commands = [
  ['edxml write --out', (out: string) => edxml(['write', '--json', at('message.json'), '--out', out]), '<'],
  ['verify --report', (out: string) => verify(['--no-chain', '--report', out, at('letter.pdf')]), '%PDF-'],
] as const;

it.each(commands)('%s refuses what Windows would take for something else', async (_, write) => {
  const before = readdirSync(folder);
  for (const name of ['nul.txt', 'letter.pdf:hidden', 'report.'])
    await expect(write(at(name))).rejects.toMatchObject({ code: 'host.bad-file-name', params: { name } });
  expect(readdirSync(folder)).toEqual(before);
});

it.each(commands)('%s waits for a file that is held', async (_, write, begins) => {
  const out = at(`kết quả ${begins.length}`);
  writeFileSync(out, 'old');
  const letGo = await hold(out);
  const writing = write(out);
  await letGo();
  expect(await writing).toBe(0);
  expect(readFileSync(out, 'utf8').startsWith(begins)).toBe(true);
});
