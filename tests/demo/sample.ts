/** Two fictional offices and a third recipient. Names, codes and people belong to nobody; province code H99 does not exist. */
import type { Office, Person } from '../../src/shared/domain/people.ts';

export const SCHOOL: Office = {
  name: 'Trường THPT Ví Dụ',
  superior: 'SỞ GIÁO DỤC VÀ ĐÀO TẠO',
  code: 'H99.05.021',
  oldCodes: ['000.21.05.H99'],
  abbreviation: 'THPTVD',
  place: 'Ví Dụ',
  address: 'Số 1 đường Mẫu, phường Ví Dụ, tỉnh Ví Dụ',
  email: 'thptvidu@example.edu.vn',
  phone: '0200000001',
  sealDiameterMm: 36,
  markTime: 'ISO',
  copyCase: 'sentence',
};

export const PRINCIPAL: Person = {
  id: 'hieu-truong',
  name: 'Nguyễn Văn Mẫu',
  role: 'principal',
  title: 'HIỆU TRƯỞNG',
  unit: 'Ban giám hiệu',
  active: true,
};
export const CLERK: Person = {
  id: 'van-thu',
  name: 'Trần Thị Mẫu',
  role: 'clerk',
  title: 'Văn thư',
  unit: 'Tổ Văn phòng',
  active: true,
};
export const TEACHER: Person = {
  id: 'giao-vien',
  name: 'Lê Thị Ví Dụ',
  role: 'teacher',
  title: 'Giáo viên',
  unit: 'Tổ Toán - Tin',
  active: true,
};
export const PEOPLE = [CLERK, PRINCIPAL, TEACHER];

export const DEPARTMENT = {
  code: 'H99.05',
  oldCode: '000.00.05.H99',
  name: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ',
  superior: 'UBND tỉnh Ví Dụ',
  director: 'Phạm Văn Ví Dụ',
};

/** Still addressed by the code it had before QĐ 20/2020/QĐ-TTg. */
export const HOME_AFFAIRS = {
  code: 'H99.07',
  oldCode: '000.00.07.H99',
  name: 'Sở Nội vụ tỉnh Ví Dụ',
};

/** Axis account of each unit: system id and the secret the province would give it. Made for this machine only. */
export const ACCOUNTS = {
  school: { systemId: 'demo.school', secret: 'khoa-bi-mat-cua-truong' },
  department: { systemId: 'demo.department', secret: 'khoa-bi-mat-cua-so' },
  homeAffairs: { systemId: 'demo.home-affairs', secret: 'khoa-bi-mat-noi-vu' },
};

/** PINs of the software tokens, shown on screen. */
export const TOKENS = {
  principal: { label: 'Hiệu trưởng', pin: '12345678' },
  agency: { label: 'Con dấu nhà trường', pin: '87654321' },
};
