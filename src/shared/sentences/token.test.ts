import { expect, it } from 'vitest';
import { diagnosisSteps } from '../domain/token.ts';
import { diagnosisTexts } from './token.ts';

it('every step of a diagnosis has its good news in both languages', () => {
  // A PIN is in order in two ways: entered on the computer, or on the device.
  const steps = Object.keys(diagnosisTexts).filter((code) => code !== 'diagnosis.pin-pad');
  expect(steps).toEqual(diagnosisSteps.map((step) => `diagnosis.${step}`));
  for (const { vi, en } of Object.values(diagnosisTexts)) {
    expect(vi).toBe(vi.normalize('NFC'));
    expect(`${vi} ${en}`).toMatch(/\. .*\.$/);
  }
});
