import { expect, it } from 'vitest';
import { diagnosisSteps } from '../domain/token.ts';
import { diagnosisTexts } from './token.ts';

it('every step of a diagnosis has its good news in both languages', () => {
  expect(Object.keys(diagnosisTexts)).toEqual(diagnosisSteps.map((step) => `diagnosis.${step}`));
  for (const { vi, en } of Object.values(diagnosisTexts)) {
    expect(vi).toBe(vi.normalize('NFC'));
    expect(`${vi} ${en}`).toMatch(/\. .*\.$/);
  }
});
