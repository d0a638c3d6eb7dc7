import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askText } from '../http.ts';
import { vxpTransport } from '../../src/main/axis/vxp.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const never = new AbortController().signal;
let folder: string;
let child: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'axis-main-'));
});
afterEach(() => {
  child.kill();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (...given: string[]) => {
  child = spawn(process.execPath, [main, '--port', '0', '--data', folder, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout ?? []) {
    const url = /http:\S+/.exec(String(chunk))?.[0];
    if (url) return url;
  }
  throw new Error('the axis did not start');
};
const exited = () => new Promise((resolve) => child.once('exit', resolve));

it('starts from the command line, keeps its units, and can be told to fail', async () => {
  const url = await start('--unit', 'H99.05.021,Trường THPT Ví Dụ,sys.1,s,000.21.05.H99');
  const unit = { allowHttp: true, systemId: 'sys.1', secret: 's' };
  expect(await vxpTransport({ url, ...unit }).listIncoming('edoc', never)).toEqual([]);
  const { origin } = new URL(url);
  await askText(`${origin}/admin/faults`, { method: 'POST', body: '{"failNext":1}' });
  await expect(vxpTransport({ url, ...unit }).listIncoming('edoc', never)).rejects.toMatchObject({
    code: 'axis.server-error',
  });
  child.kill();
  await exited();

  const again = await start();
  const state: unknown = JSON.parse(await askText(`${new URL(again).origin}/admin/state`));
  expect(state).toMatchObject({
    units: [{ code: 'H99.05.021', oldCode: '000.21.05.H99' }],
    faults: { failNext: 0 },
  });
});

it('says how it is used', async () => {
  child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  expect(await exited()).toBe(2);
  expect(text).toContain('--port');
});
