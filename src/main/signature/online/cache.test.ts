import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCache } from './cache.ts';

const root = mkdtempSync(join(tmpdir(), 'cache-'));
afterAll(() => rmSync(root, { recursive: true }));

const NOW = 1_800_000_000_000;
const answer = (text: string, expiresAt = NOW + 1000) => ({
  bytes: Buffer.from(text),
  fetchedAt: NOW,
  expiresAt,
});

describe('cache of online answers', () => {
  it('gives back what it was given until that expires', async () => {
    const cache = openCache(join(root, 'a'));
    expect(await cache.get('CRL x', NOW)).toBeNull();
    await cache.put('CRL x', answer('danh sách'), NOW);
    const kept = await cache.get('CRL x', NOW + 999);
    expect(kept && Buffer.from(kept.bytes).toString()).toBe('danh sách');
    expect(kept?.fetchedAt).toBe(NOW);
    expect(await cache.get('CRL x', NOW + 1000)).toBeNull();
    expect(await cache.get('CRL y', NOW)).toBeNull();
  });

  it('keeps nothing that has expired already or is larger than the whole cache', async () => {
    const folder = join(root, 'b');
    const cache = openCache(folder, 1000);
    await cache.put('old', answer('x', NOW), NOW);
    await cache.put('big', answer('x'.repeat(2000)), NOW);
    expect(await cache.get('big', NOW)).toBeNull();
  });

  it('takes a damaged, swapped or foreign file for none', async () => {
    const folder = join(root, 'c');
    const cache = openCache(folder);
    await cache.put('one', answer('good'), NOW);
    const [first = ''] = readdirSync(folder);
    const content = readFileSync(join(folder, first));
    await cache.put('two', answer('other'), NOW);
    const second = readdirSync(folder).find((name) => name !== first) ?? '';
    writeFileSync(join(folder, second), content);
    expect(await cache.get('two', NOW)).toBeNull();
    for (const bytes of ['', 'no line', '{"key":"one"}\nx', Buffer.concat([content, Buffer.from('!')])]) {
      writeFileSync(join(folder, first), bytes);
      expect(await cache.get('one', NOW)).toBeNull();
    }
  });

  it('lets the oldest go when it grows over its bound, leftovers of a crash included', async () => {
    const folder = join(root, 'd');
    const cache = openCache(folder, 1500);
    const put = (key: string) => cache.put(key, answer('x'.repeat(500)), NOW);
    await put('1');
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1000, 1000);
    writeFileSync(join(folder, 'dead.tmp'), 'y'.repeat(300));
    utimesSync(join(folder, 'dead.tmp'), 500, 500);
    await put('2');
    await put('3');
    expect(await cache.get('1', NOW)).toBeNull();
    expect(await cache.get('2', NOW)).not.toBeNull();
    expect(await cache.get('3', NOW)).not.toBeNull();
    expect(readdirSync(folder)).not.toContain('dead.tmp');
  });

  it('serves two jobs at once', async () => {
    const folder = join(root, 'e');
    const jobs = Array.from({ length: 40 }, (_, n) =>
      openCache(folder, 3000).put(`key ${n % 5}`, answer('x'.repeat(400)), NOW),
    );
    await Promise.all(jobs);
    expect(readdirSync(folder).every((name) => name.endsWith('.answer'))).toBe(true);
  });

  it('says so when its folder cannot be used', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(openCache(join(root, 'file')).put('x', answer('x'), NOW)).rejects.toMatchObject({
      code: 'EEXIST',
    });
  });
});
