import type { ErrorTexts } from './error.ts';

export const axisErrors = {} as const satisfies ErrorTexts;
