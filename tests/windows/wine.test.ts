import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { prepareWine, runWindowsNode, windowsPath } from './wine.ts';

needs('wine');

const folder = await mkdtemp(join(tmpdir(), 'Văn thư '));
afterAll(() => rm(folder, { recursive: true }));
beforeAll(prepareWine);

it('runs Windows Node with TypeScript in a folder of any name, and tells its output and its end', async () => {
  await writeFile(
    join(folder, 'tell.ts'),
    `import { writeFileSync } from 'node:fs';
     const platform: string = process.platform;
     writeFileSync(process.argv[2]!, process.cwd());
     console.log(platform, process.env.SEEN);
     console.error('trouble');
     process.exitCode = 3;`,
  );
  const path = join(folder, 'kết quả.txt');
  const ended = await runWindowsNode(folder, ['--no-warnings', 'tell.ts', windowsPath(path)], {
    env: { SEEN: 'Đã thấy' },
  });
  expect(ended).toEqual({ code: 3, stdout: 'win32 Đã thấy\n', stderr: 'trouble\n' });
  expect(await readFile(path, 'utf8')).toBe(windowsPath(folder));
});

it('ends what runs too long', async () => {
  const ended = await runWindowsNode(folder, ['-e', 'setInterval(() => {}, 1000)'], { limitMs: 3_000 });
  expect(ended.code).toBeNull();
});
