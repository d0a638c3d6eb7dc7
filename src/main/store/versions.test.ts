import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { events, vocabulary } from './events/index.ts';
import { projections } from './projections/index.ts';

/**
 * What each projection is made of at its version. When the source changes, raise the version of the projection and
 * write down the new hash beside it: offices then get their tables made again.
 */
const made: Readonly<Record<string, string>> = {
  'documents 2': '9d0b1f36bf77e600',
  'exchange 2': '1c47482a11c1ce43',
  'files 1': 'e4e91cfb52b57d72',
  'incoming 2': '259a70a9af26deaf',
  'journals 3': '85d11b7d2be12354',
  'numbers 1': '4c77ebde732c43c4',
  'office 1': '7b8777bb2553f16c',
  'outgoing 2': '63cafd39d4efe9e7',
  'pc 1': '13f4c7606e91653e',
  'proofs 1': 'c260db5b709b9dbd',
  'search 4': 'fdd9c9418b0b1195',
  'signed-files 1': '51c4f5de8d5bdcc1',
  'versions 3': '85d11b7d2be12354',
};

/** What each vocabulary can say. When a definition changes, raise the number and write the new hash down. */
const said: Readonly<Record<number, string>> = { 1: '56acdae44b1b6b62' };

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
const folder = join(import.meta.dirname, 'projections');

/** A source without comments, imports and white space, and the words and rules of the domain that it uses. */
function sourceOf(name: string): string {
  const path = join(folder, ['journals', 'versions'].includes(name) ? 'index.ts' : `${name}.ts`);
  const text = readFileSync(path, 'utf8');
  const used = [...text.matchAll(/^import \{[^}]*\} from '([./]*\/shared\/[^']*)'/gm)].map(([, from]) =>
    readFileSync(join(folder, from!), 'utf8'),
  );
  return [text, ...used]
    .map((one) => one.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import [^;]*;/gm, '').replace(/\s+/g, ''))
    .join('');
}

describe('versions', () => {
  it('of a projection rise when the source of its handlers changes', () => {
    const found = projections.map(
      ({ name, version }) => [`${name} ${version}`, sha256(sourceOf(name))] as const,
    );
    expect(made).toMatchObject(Object.fromEntries(found));
  });

  it('of the vocabulary rise when the definition of an event changes', () => {
    const definitions = Object.entries(events).map(([type, { schema, sort, concurrency }]) => [
      type,
      sort,
      concurrency,
      z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }),
    ]);
    expect(sha256(canonicalJson(JSON.parse(JSON.stringify(definitions))))).toBe(said[vocabulary]);
  });
});
