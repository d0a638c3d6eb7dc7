import { expect, it } from 'vitest';
import { belongsTo } from './holder.ts';

const school = { kind: 'office', name: 'Trường THPT Ví Dụ' } as const;
const head = { kind: 'person', name: 'Nguyễn Văn Mẫu' } as const;

it.each([
  ['NGUYEN VAN MAU', true],
  ['Nguyễn  Văn Mẫu', true],
  ['Nguyễn Văn Mẫu Hai', false],
  ['Nguyễn Văn Mẫu - Hiệu trưởng', false],
  ['Văn Mẫu', false],
  ['', false],
])('a person’s: %s → %s', (commonName, expected) => {
  expect(belongsTo(commonName, head)).toBe(expected);
});

it.each([
  ['TRƯỜNG THPT VÍ DỤ', true],
  ['Trường THPT Ví Dụ - H99.05', true],
  ['TRUONG THPT VI DU (TỈNH VÍ DỤ)', true],
  ['UBND TỈNH VÍ DỤ - TRƯỜNG THPT VÍ DỤ', true],
  ['Ủy ban nhân dân xã Ví Dụ, Trường THPT Ví Dụ', true],
  ['TRƯỜNG THPT VÍ DỤ 2', false],
  ['CÔNG ĐOÀN TRƯỜNG THPT VÍ DỤ', false],
  ['UBND XÃ VÍ DỤ', false],
  ['Nguyễn Văn Mẫu', false],
])('an office’s: %s → %s', (commonName, expected) => {
  expect(belongsTo(commonName, school)).toBe(expected);
});

it('of nobody is nobody’s', () => {
  expect(belongsTo('', { kind: 'person', name: ' ' })).toBe(false);
  expect(belongsTo('Ai đó', { kind: 'office', name: '' })).toBe(false);
});
