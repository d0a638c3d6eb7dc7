import type { ErrorTexts } from './error.ts';

export const documentsErrors = {} as const satisfies ErrorTexts;
