import { describe, expect, it } from 'vitest';
import { requireFileNames, requireOfficePlace } from './place.ts';

describe('the place of an office on Windows', () => {
  it.each([
    'C:\\ProgramData\\BanVanThu\\office',
    'D:\\Văn thư\\2026',
    'D:/Văn thư/2026/',
    '\\\\?\\D:\\Văn thư',
    `C:\\${'trường\\'.repeat(60)}`,
  ])('may be %j', (dir) => {
    expect(() => requireOfficePlace(dir, 'win32')).not.toThrow();
  });

  it.each([
    '\\\\may-chu\\chung\\office',
    '//may-chu/chung/office',
    '\\\\?\\UNC\\may-chu\\chung',
    '\\\\10.0.0.2\\c$\\x',
  ])('is no folder of another computer: %s', (dir) => {
    expect(() => requireOfficePlace(dir, 'win32')).toThrow(
      expect.objectContaining({ code: 'store.on-a-share', params: { place: dir } }),
    );
  });

  it.each([
    ['C:\\CON', 'CON'],
    ['C:\\office.\\x', 'office.'],
    ['C:\\office \\x', 'office '],
    ['C:\\x\\c:d', 'c:d'],
    ['D:\\a\\nul.txt\\b', 'nul.txt'],
    [`D:\\${'a'.repeat(256)}`, 'a'.repeat(256)],
  ])('has no part that Windows takes for something else: %s', (dir, name) => {
    expect(() => requireOfficePlace(dir, 'win32')).toThrow(
      expect.objectContaining({ code: 'host.bad-file-name', params: { name } }),
    );
  });

  it('is nobody’s business elsewhere', () => {
    expect(() => requireOfficePlace('//srv/con/a:b', 'linux')).not.toThrow();
    expect(() => requireFileNames('/tmp/a.', 'linux')).not.toThrow();
  });
});
