import { describe, expect, it } from 'vitest';
import { headings, widths } from './columns.ts';
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
  it.each(['incoming', 'outgoing'] as const)('%s has ten columns in both languages', (book) => {
    expect(headings(book, texts.vi)).toHaveLength(10);
    expect(headings(book, texts.en)).toHaveLength(10);
    expect(widths[book]).toHaveLength(10);
    expect(widths[book].reduce((sum, width) => sum + width)).toBe(100);
  });
});
