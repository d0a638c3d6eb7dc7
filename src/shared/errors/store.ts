import type { ErrorTexts } from './error.ts';

export const storeErrors = {} as const satisfies ErrorTexts;
