import { describe, expect, it } from 'vitest';
import { daysUntil, isoWithZone, letterDate, localDay, localYear, showTime, startOfDay } from './dates.ts';
import { foldForSearch, sameName } from './fold.ts';

describe('foldForSearch', () => {
  it('folds tone marks and đ, in composed and decomposed text', () => {
    expect(foldForSearch('Sở Giáo dục và Đào tạo')).toBe('so giao duc va dao tao');
    expect(foldForSearch('Đường'.normalize('NFD'))).toBe('duong');
    expect(foldForSearch('QÐ')).toBe('qd');
  });
  it('compares names', () => {
    expect(sameName('NGUYỄN  VĂN MẪU', 'Nguyễn Văn Mẫu'.normalize('NFD'))).toBe(true);
    expect(sameName('Nguyễn Văn Mẫu', 'Nguyễn Văn Mão')).toBe(false);
  });
});

describe('Vietnamese dates', () => {
  const newYearsEve = Date.parse('2026-12-31T17:00:00Z');
  it('turns the day and the year at midnight in Vietnam', () => {
    expect(localDay(newYearsEve)).toBe('2027-01-01');
    expect(localYear(newYearsEve - 1)).toBe(2026);
    expect(startOfDay('2027-01-01')).toBe(newYearsEve);
  });
  it('shows and writes dates as offices do', () => {
    expect(showTime(newYearsEve)).toBe('01/01/2027 00:00');
    expect(letterDate('2026-02-05')).toBe('ngày 05 tháng 02 năm 2026');
    expect(letterDate('2026-11-20')).toBe('ngày 20 tháng 11 năm 2026');
    expect(isoWithZone(Date.parse('2026-11-20T09:04:05Z'))).toBe('2026-11-20T16:04:05+07:00');
  });
  it('counts days to a deadline', () => {
    expect(daysUntil('2027-01-03', newYearsEve)).toBe(2);
    expect(daysUntil('2026-12-31', newYearsEve)).toBe(-1);
  });
});
