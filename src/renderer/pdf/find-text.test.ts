import { describe, expect, it } from 'vitest';
import { foldForSearch } from '../../shared/text/fold.ts';
import { findInPage, foldPage, type TextRun } from './find-text.ts';

const line = (str: string): TextRun => ({ str, hasEOL: true });
const part = (str: string): TextRun => ({ str, hasEOL: false });

describe('foldPage', () => {
  it('folds exactly as the words searched for are folded', () => {
    const text = 'Sở  GIÁO DỤC và\u00a0Đào tạo – số 12/CV-THPTVD';
    const page = foldPage([line(text)]);
    expect(page.folded.trim()).toBe(foldForSearch(text));
    expect(page.origins).toHaveLength(page.folded.length);
  });
});

const show = (runs: TextRun[], words: string) =>
  findInPage(foldPage(runs), words).map((match) =>
    match.map(({ run, start, end }) => runs[run]?.str.slice(start, end)),
  );

describe('findInPage', () => {
  it('finds words without tone marks, in any case, composed or not', () => {
    const runs = [line('Kính gửi: Sở Giáo dục và Đào tạo')];
    expect(show(runs, 'dao TAO')).toEqual([['Đào tạo']]);
    expect(show(runs, 'Đào tạo'.normalize('NFD'))).toEqual([['Đào tạo']]);
    expect(show([line('Đào tạo'.normalize('NFD'))], 'đào')[0]?.[0]).toHaveLength(
      'Đào'.normalize('NFD').length,
    );
  });

  it('finds words broken over runs and lines', () => {
    const runs = [part('Trường THPT'), part(' '), line('Ví'), line('dụ')];
    expect(show(runs, 'thpt vi du')).toEqual([['THPT', ' ', 'Ví', 'dụ']]);
  });

  it('finds every place, and nothing for blank words', () => {
    expect(show([line('văn bản, Văn Bản, vanban')], 'van ban')).toEqual([['văn bản'], ['Văn Bản']]);
    expect(show([line('văn bản')], '  ')).toEqual([]);
  });
});
