import { expect, it } from 'vitest';
import { isOffice } from './office-name.ts';

it.each([
  ['TRƯỜNG THPT VÍ DỤ', 'Trường THPT Ví Dụ'],
  ['Trường THPT Ví Dụ'.normalize('NFD'), 'Trường  THPT Ví Dụ'],
  ['Trường Tiểu học Tân Hoà', 'TRƯỜNG TIỂU HỌC TÂN HÒA'],
  ['TRUONG THPT VI DU (TỈNH VÍ DỤ)', 'Trường THPT Ví Dụ'],
  ['Trường THPT Ví Dụ - H99.05', 'Trường THPT Ví Dụ'],
  ['Ủy ban nhân dân xã Ví Dụ', 'UBND XÃ VÍ DỤ'],
  ['Uỷ ban nhân dân xã Ví Dụ', 'UBND xã Ví Dụ'],
  ['UBND TỈNH VÍ DỤ - TRƯỜNG THPT VÍ DỤ', 'Trường THPT Ví Dụ'],
  ['Ủy ban nhân dân xã Ví Dụ, Trường THPT Ví Dụ', 'Trường THPT Ví Dụ'],
  ['UBND TỈNH BÀ RỊA - VŨNG TÀU - TRƯỜNG THPT VÍ DỤ', 'Trường THPT Ví Dụ'],
  ['UBND TỈNH VÍ DỤ TRƯỜNG THPT VÍ DỤ', 'Trường THPT Ví Dụ'],
  ['UBND thành phố Ví Dụ Trường THPT Ví Dụ', 'Trường THPT Ví Dụ'],
  ['Trường THPT Ví Dụ', 'UBND tỉnh Ví Dụ - Trường THPT Ví Dụ'],
])('%s is %s', (found, name) => {
  expect(isOffice(found, name)).toBe(true);
});

it.each([
  ['TRƯỜNG THPT VÍ DỤ 2', 'Trường THPT Ví Dụ'],
  ['CÔNG ĐOÀN TRƯỜNG THPT VÍ DỤ', 'Trường THPT Ví Dụ'],
  ['UBND XÃ VÍ DỤ - CÔNG ĐOÀN TRƯỜNG THPT VÍ DỤ', 'Trường THPT Ví Dụ'],
  ['UBND XÃ VÍ DỤ', 'Trường THPT Ví Dụ'],
  ['UBND XÃ VÍ DỤ', 'UBND xã Ví Dụ Hai'],
  ['Trường Tiểu học Tân Hoa', 'Trường Tiểu học Tân Hòa'],
  ['Trường Tiểu học Tân Hóa', 'Trường Tiểu học Tân Hòa'],
  ['Trường Mầm non Đồng Tâm', 'Trường Mầm non Dồng Tâm'],
  ['Trường', 'Trường THPT Ví Dụ'],
  ['', 'Trường THPT Ví Dụ'],
  ['Trường THPT Ví Dụ', ''],
])('%s is not %s', (found, name) => {
  expect(isOffice(found, name)).toBe(false);
});
