import type { ErrorTexts } from './error.ts';

export const tokenErrors = {} as const satisfies ErrorTexts;
