import { describe, expect, it } from 'vitest';
import { registerNames } from '../../shared/domain/registers.ts';
import { columnsOf, showCell } from './columns.ts';
import { isPeriod, monthToDate, yearToDate } from './period.ts';
import { texts } from './texts.ts';

describe('periods', () => {
  const newYear = Date.parse('2026-12-31T18:00:00Z');
  it('begin with the month or the year of Vietnam, not of UTC', () => {
    expect(monthToDate(newYear)).toEqual({ from: '2027-01-01', to: '2027-01-01' });
    expect(yearToDate(newYear - 3_600_001)).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  });
  it('must not end before they begin', () => {
    expect(isPeriod({ from: '2026-02-01', to: '2026-01-31' })).toBe(false);
    expect(isPeriod({ from: '2026-01-31', to: '2026-01-31' })).toBe(true);
  });
});

describe('registers', () => {
  it.each(registerNames)('%s has ten columns in both languages, which fill the breadth', (register) => {
    for (const words of [texts.vi, texts.en]) {
      const columns = columnsOf(register, words);
      expect(new Set(columns.map(({ heading }) => heading)).size).toBe(10);
      expect(columns.reduce((sum, { width }) => sum + width, 0)).toBe(100);
    }
  });
  it('write a day as printed, and leave a cell empty that has nothing or is filled in by hand', () => {
    const cells = {
      arrivalDate: '2026-11-20',
      arrivalNumber: 7,
      sender: 'Sở',
      code: '1/A',
      issuedDate: null,
      subject: '',
      handlers: '',
      handedOver: null,
      receipt: null,
      note: '',
    };
    const written = columnsOf('incoming', texts.vi).map((column) => showCell(column, cells));
    expect(written).toEqual(['20/11/2026', '7', 'Sở', '1/A', '', '', '', '', '', '']);
  });
});
