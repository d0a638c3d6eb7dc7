import { expect, it } from 'vitest';
import { z } from 'zod';
import { secret, text } from '../text/schemas.ts';
import { ipc } from './index.ts';

type Schema = z.core.$ZodType;

/** What becomes of the letters of a string: composed, closed to all but a form, left alone with a reason, or nothing said. */
function lettersOf(schema: z.ZodString): string {
  const named = schema.meta()?.['letters'];
  if (typeof named === 'string') return named;
  const checks = (schema._zod.def.checks ?? []).map(({ _zod: { def } }) => def);
  const composes = checks.some(
    (check) => 'tx' in check && (check.tx as (letters: string) => string)('e\u0301') === '\u00e9',
  );
  if (composes) return 'text';
  return checks.some((check) => check.check === 'string_format') ? 'form' : 'unsaid';
}

/** Every string of a schema with the way to it, e.g. `items.*.act.text`. */
function stringsOf(schema: Schema, path: readonly string[] = []): { path: string; letters: string }[] {
  const at = path.join('.');
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, member]) =>
      stringsOf(member as Schema, [...path, key]),
    );
  if (schema instanceof z.ZodArray) return stringsOf(schema.element, [...path, '*']);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => stringsOf(option, path));
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return stringsOf(schema.unwrap(), path);
  if (schema instanceof z.ZodStringFormat) return [{ path: at, letters: 'form' }];
  if (schema instanceof z.ZodString) return [{ path: at, letters: lettersOf(schema) }];
  if (
    schema instanceof z.ZodNumber ||
    schema instanceof z.ZodBoolean ||
    schema instanceof z.ZodEnum ||
    schema instanceof z.ZodLiteral
  )
    return [];
  throw new Error(`${at}: a kind of schema nobody has looked at`);
}

const strings = Object.entries(ipc).flatMap(([name, { argument }]) =>
  stringsOf(argument).map(({ path, letters }) => ({ path: `${name} ${path}`, letters })),
);
const withLetters = (wanted: string) =>
  strings.filter(({ letters }) => letters === wanted).map(({ path }) => path);

it('tells the ways of a string apart', () => {
  const ways = z.strictObject({
    free: z.string().trim().max(9),
    list: z.array(z.strictObject({ words: text().trim().max(9) })),
    pin: secret(1, 9).default('0'),
    id: z.uuid().nullable(),
    either: z.union([z.literal(''), z.string().regex(/^a$/)]),
  });
  expect(stringsOf(ways)).toEqual([
    { path: 'free', letters: 'unsaid' },
    { path: 'list.*.words', letters: 'text' },
    { path: 'pin', letters: 'secret' },
    { path: 'id', letters: 'form' },
    { path: 'either', letters: 'form' },
  ]);
});

it('says of every string a window sends what becomes of its letters', () => {
  expect(withLetters('unsaid')).toEqual([]);
  expect(withLetters('text').length).toBeGreaterThan(30);
  expect(new Set(withLetters('secret').map((path) => path.split('.').at(-1)!.split(' ').at(-1)))).toEqual(
    new Set(['pin', 'password', 'secret']),
  );
  expect(withLetters('named')).toEqual(
    expect.arrayContaining(['settings.add-module path', 'exchange.reread axisDocId', 'signing.sign tokenId']),
  );
});
