import { createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sitDown } from '../demo/person.ts';
import { type Demo, startDemo } from '../demo/office.ts';
import { portOf } from '../demo/pki.ts';
import { CLERK, PRINCIPAL, TEACHER, TOKENS } from '../demo/sample.ts';
import { documentIn } from './set-up.ts';

/** A document signed by the head, whom the authority of this run vouches for. */
async function signs({ desk }: Demo): Promise<unknown> {
  const [clerk, principal, teacher] = await Promise.all([
    sitDown(desk, CLERK.id),
    sitDown(desk, PRINCIPAL.id),
    sitDown(desk, TEACHER.id),
  ]);
  const id = await documentIn('signed', { clerk, principal, teacher });
  const { tokens } = await clerk.call('signing.tokens', {});
  expect(tokens.map(({ label }) => label).sort()).toEqual([TOKENS.agency.label, TOKENS.principal.label]);
  return (await clerk.call('outgoing.get', { id })).state;
}

it('the kept demo opens again, also when somebody else has taken the port of its authority', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kept-'));
  const first = await startDemo({ dataDir });
  expect(await signs(first)).toBe('signed');
  await first.close();
  const port = portOf(join(dataDir, 'pki'));

  const second = await startDemo({ dataDir });
  expect(portOf(join(dataDir, 'pki'))).toBe(port);
  expect(await signs(second)).toBe('signed');
  await second.close();

  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  const third = await startDemo({ dataDir });
  expect(portOf(join(dataDir, 'pki'))).not.toBe(port);
  expect(await signs(third)).toBe('signed');
  await third.close();
  taken.close();
  rmSync(dataDir, { recursive: true });
});
