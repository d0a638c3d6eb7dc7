import { expect, it } from 'vitest';
import { jsonRows } from './json-rows.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Rows and envelope of a reply that comes in pieces of `size` bytes. */
async function read(text: string, size: number) {
  async function* pieces() {
    const all = bytes(text);
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
  }
  const rows: unknown[] = [];
  let envelope: unknown;
  for await (const part of jsonRows(pieces())) {
    if ('row' in part) rows.push(part.row);
    else envelope = part.envelope;
  }
  return { rows, envelope };
}

it.each([1, 2, 3, 7, 1000])('rows come whole from pieces of %i bytes', async (size) => {
  const data = [{ name: 'Sở “Ví Dụ”', odd: '}{]\\"' }, { nested: { list: [1, { a: ']' }] } }, {}];
  const text = JSON.stringify({ status: 'OK', data, ErrorCode: '0' });
  expect(await read(text, size)).toEqual({
    rows: data,
    envelope: { status: 'OK', data: [], ErrorCode: '0' },
  });
  expect(await read('{"ErrorCode":"15","data":null}', size)).toEqual({
    rows: [],
    envelope: { ErrorCode: '15', data: null },
  });
});

it.each([
  ['a cut reply', '{"data":[{"a":1},{"a":'],
  ['a missing end', '{"data":[{"a":1}]'],
  ['rows that are no objects', '{"data":[1]}'],
  ['HTML', '<html></html>'],
])('%s is a SyntaxError', async (_, text) => {
  await expect(read(text, 5)).rejects.toThrow(SyntaxError);
});

it.each([
  ['row', `{"data":[{"a":"${'x'.repeat(200_000)}`],
  ['head', `{"a":"${'x'.repeat(200_000)}`],
  ['tail', `{"data":[],"a":"${'x'.repeat(200_000)}`],
])('an endless %s ends', async (_, text) => {
  await expect(read(text, 1000)).rejects.toMatchObject({ code: 'axis.read-limit' });
});
