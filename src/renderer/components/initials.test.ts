import { expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

it.each([
  ['Nguyễn Thị Thu Hà', 'NH'],
  ['Công Tằng Tôn Nữ Thị Hoàng Phương Khánh', 'CK'],
  ['Trần Mẫu', 'TM'],
  ['đỗ  ánh', 'ĐÁ'],
  ['Ánh'.normalize('NFD'), 'Á'],
  ['', ''],
])('%s has the initials %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
