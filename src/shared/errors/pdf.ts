import type { ErrorTexts } from './error.ts';

export const pdfErrors = {} as const satisfies ErrorTexts;
