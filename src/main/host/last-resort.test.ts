import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'last-resort-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const here = (name: string) => JSON.stringify(new URL(name, pathToFileURL(import.meta.filename)).href);

it('a program goes on after what nobody caught, logs it and tells it without its text', async () => {
  const script = `
    import { catchTheRest } from ${here('last-resort.ts')};
    import { fileLog } from ${here('log.ts')};
    catchTheRest(process, fileLog(${JSON.stringify(folder)}), (failure) => console.log(JSON.stringify(failure)));
    Promise.reject(new Error('a promise'));
    setTimeout(() => { throw new Error('a timer'); }, 10);
    setTimeout(() => console.log('still here'), 50);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--no-warnings',
    '--input-type=module',
    '--eval',
    script,
  ]);
  const lines = stdout.trim().split('\n');
  expect(lines.map((line) => /"code":"([^"]*)"/.exec(line)?.[1] ?? line)).toEqual([
    'host.unexpected',
    'host.unexpected',
    'still here',
  ]);
  expect(stdout).not.toContain('a promise');
  const log = readFileSync(join(folder, 'desk.log'), 'utf8');
  expect(log).toContain('Error: a promise');
  expect(log).toContain('Error: a timer');
});
