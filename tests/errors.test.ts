import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorTexts } from '../src/shared/errors/index.ts';

/** Codes are written out wherever they stand, so that they can be found: in what throws them and in what provokes them. */

const files = globSync(['src/**/*.{ts,tsx}', 'tests/**/*.ts'], { exclude: ['src/shared/errors/*'] });
const isTest = (file: string) => /^tests|\.test\.tsx?$/.test(file);
const textOf = (wanted: readonly string[]) => wanted.map((file) => readFileSync(file, 'utf8')).join('\n');

// What only asks whether something failed with a code does not fail with it.
const program = textOf(files.filter((file) => !isTest(file))).replaceAll(/[!=]==\s*'[^']*'/g, '');
const tests = textOf(files.filter(isTest));
const codes = Object.keys(errorTexts);

it('every code is thrown somewhere', () => {
  expect(codes.filter((code) => !program.includes(`'${code}'`))).toEqual([]);
});

it('every code is named in a test', () => {
  expect(codes.filter((code) => !new RegExp(`['"\`]${code}(?![\\w.-])`).test(tests))).toEqual([]);
});

it('no code is put together from parts, where nobody would find it', () => {
  const rooms = new Set(codes.map((code) => code.split('.', 1)[0]!));
  const built = [...program.matchAll(/`([a-z]+)\.[^`]*\$\{/g)].filter(([, room]) => rooms.has(room!));
  expect(built.map(([text]) => text)).toEqual([]);
});
