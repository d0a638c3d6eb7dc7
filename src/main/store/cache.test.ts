import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCache, type CachedAgency } from './cache.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'cache-'))));
afterEach(() => rmSync(dir, { recursive: true }));

const department = { code: 'H99.02', oldCode: '000.00.02.H99', name: 'Sở Giáo dục và Đào tạo tỉnh Hoa Sen' };
const ward = { code: 'H99.07', oldCode: null, name: 'Ủy ban nhân dân phường Vườn Đào' };

describe('agency directory', () => {
  it('finds by the beginnings of words without marks, and by code', async () => {
    const cache = openCache(dir);
    expect(await cache.setAgencies([department, ward])).toBe(2);
    expect(cache.findAgencies('giao duc hoa s', 10)).toEqual([department]);
    expect(cache.findAgencies('UBND', 10)).toEqual([]);
    expect(cache.findAgencies('ủy ban', 10)).toEqual([ward]);
    expect(cache.findAgencies('h99', 10)).toEqual([department, ward]);
    expect(cache.findAgencies('000.00.02.h99', 10)).toEqual([department]);
    expect(cache.findAgencies('" OR *', 10)).toEqual([]);
    expect(cache.agencyByCode('000.00.02.H99')).toEqual(department);
    expect(cache.agencyByCode('H99.99')).toBeUndefined();
    await cache.setAgencies([ward]);
    expect(cache.findAgencies('h99', 10)).toEqual([ward]);
    cache.close();
    const again = openCache(dir);
    expect(again.agencyByCode('h99.07')).toEqual(ward);
    again.close();
  });

  it('keeps the old directory when the new one breaks off', async () => {
    const cache = openCache(dir);
    await cache.setAgencies([ward]);
    const broken = (async function* () {
      yield department;
      throw new Error('connection lost');
    })();
    await expect(cache.setAgencies(broken)).rejects.toThrow('connection lost');
    expect(cache.findAgencies('h99', 10)).toEqual([ward]);
    cache.close();
  });

  it('is made anew when it is damaged: nothing in it is lost for good', async () => {
    writeFileSync(join(dir, 'cache.sqlite'), 'x'.repeat(5000));
    const cache = openCache(dir);
    expect(cache.findAgencies('so', 10)).toEqual([]);
    expect(await cache.setAgencies([department])).toBe(1);
    cache.close();
  });

  it('holds a country of 120,000 agencies', async () => {
    function* country(): Iterable<CachedAgency> {
      for (let n = 0; n < 119_999; n += 1)
        yield { code: `H98.${n}`, oldCode: null, name: `Trường Tiểu học số ${n} xã Mẫu ${n % 700}` };
      yield department;
    }
    const cache = openCache(dir);
    expect(await cache.setAgencies(country())).toBe(120_000);
    expect(cache.findAgencies('dao tao hoa sen', 20)).toEqual([department]);
    expect(cache.findAgencies('truong', 20)).toHaveLength(20);
    for (const text of ['t', 'tr', 'tieu hoc mau 69', 'H98.119'])
      expect(cache.findAgencies(text, 20), text).toHaveLength(20);
    cache.close();
  });
});

describe('readings begun', () => {
  it('are counted by file and version of the program, until one ends', async () => {
    const cache = openCache(dir);
    expect([1, 2].map(() => cache.beginReading('a', '1.0'))).toEqual([1, 2]);
    expect(cache.beginReading('b', '1.0')).toBe(1);
    await cache.setAgencies([ward]);
    cache.close();
    const again = openCache(dir);
    expect(again.beginReading('a', '1.0')).toBe(3);
    expect(again.beginReading('a', '1.1')).toBe(1);
    again.endReading('a');
    expect(again.beginReading('a', '1.1')).toBe(1);
    again.close();
  });
});
