import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { roles } from '../src/shared/domain/people.ts';

/** The list of roles and the permission table; every other place asks the table for a right. */
const allowed = ['shared/domain/people.ts', 'shared/domain/permissions.ts'];

const source = join(import.meta.dirname, '../src');
const named = new RegExp(`['"\`](?:${roles.join('|')})['"\`]`);

it('names a role in the permission table and the list of roles only', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: source, exclude: ['**/*.test.{ts,tsx}'] });
  const naming = files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => named.test(readFileSync(join(source, file), 'utf8')));
  expect(naming.sort()).toEqual([allowed[0]]);
});
