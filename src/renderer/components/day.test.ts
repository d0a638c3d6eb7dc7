import { describe, expect, it } from 'vitest';
import { parseDay, writeDay } from './day.ts';
import { dueText, shortTime } from './when.ts';

describe('days as people write them', () => {
  it.each([
    ['20/11/2026', '2026-11-20'],
    [' 1-2-2027 ', '2027-02-01'],
    ['29.02.2028', '2028-02-29'],
    ['29/02/2027', null],
    ['31/04/2026', null],
    ['11/20/2026', null],
    ['2026-11-20', null],
    ['20/11/26', null],
    ['', null],
  ])('%j is %j', (text, day) => expect(parseDay(text)).toBe(day));

  it('are written back', () => {
    expect(writeDay('2026-11-20')).toBe('20/11/2026');
    expect(writeDay(null)).toBe('');
  });
});

describe('times in a list', () => {
  const now = Date.parse('2026-11-20T03:32:00Z');
  it.each([
    ['2026-11-20T03:05:00Z', '10:05'],
    ['2026-11-19T16:59:00Z', 'hôm qua'],
    ['2026-10-12T03:00:00Z', '12/10'],
    ['2025-12-31T03:00:00Z', '31/12/2025'],
  ])('%s is %s', (time, shown) => expect(shortTime(Date.parse(time), now, 'vi')).toBe(shown));

  it.each([
    ['2026-11-15', { text: 'quá hạn 5 ngày', overdue: true }],
    ['2026-11-20', { text: 'hạn hôm nay', overdue: false }],
    ['2026-11-25', { text: 'hạn 25/11', overdue: false }],
    ['2027-01-05', { text: 'hạn 05/01/2027', overdue: false }],
  ])('a deadline %s reads %o', (day, shown) => expect(dueText(day, now, 'vi')).toEqual(shown));
});
