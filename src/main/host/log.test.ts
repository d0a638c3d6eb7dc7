import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DeskError } from '../../shared/errors/index.ts';
import { fileLog } from './log.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'log-'))));
afterEach(() => rm(folder, { recursive: true }));

it('writes each line with its time, and an error with its causes', async () => {
  const log = fileLog(folder, () => Date.UTC(2026, 10, 20, 3, 32));
  log.info('opened');
  log.error('failed', new DeskError('host.cancelled', {}, new Error('inner')));
  const text = await readFile(join(folder, 'desk.log'), 'utf8');
  expect(text).toMatch(
    /^2026-11-20T03:32:00\.000Z opened\n2026-11-20T03:32:00\.000Z failed: DeskError: host/,
  );
  expect(text).toContain('caused by Error: inner');
});

it('starts a new file when the old one is full', async () => {
  await writeFile(join(folder, 'desk.log'), 'x'.repeat(5 * 1024 * 1024 + 1));
  fileLog(folder).info('new');
  expect(await readFile(join(folder, 'desk.log'), 'utf8')).toMatch(/ new\n$/);
  expect((await readFile(join(folder, 'desk.old.log'), 'utf8')).length).toBeGreaterThan(5 * 1024 * 1024);
});
