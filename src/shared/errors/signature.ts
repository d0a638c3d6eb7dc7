import type { ErrorTexts } from './error.ts';

export const signatureErrors = {} as const satisfies ErrorTexts;
