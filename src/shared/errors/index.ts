import { axisErrors } from './axis.ts';
import { documentsErrors } from './documents.ts';
import type { ErrorParams, ErrorText } from './error.ts';
import { hostErrors } from './host.ts';
import { pdfErrors } from './pdf.ts';
import { signatureErrors } from './signature.ts';
import { storeErrors } from './store.ts';
import { tokenErrors } from './token.ts';

export type { ErrorParams, ErrorText, ErrorTexts } from './error.ts';

/** Every error code of the product, one file a room. */
export const errorTexts = {
  ...pdfErrors,
  ...signatureErrors,
  ...tokenErrors,
  ...axisErrors,
  ...storeErrors,
  ...documentsErrors,
  ...hostErrors,
};
export type ErrorCode = keyof typeof errorTexts;

/**
 * A failure a person can meet. Crosses process and IPC borders as `{code, params}`; the cause stays in the log.
 */
export class DeskError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'DeskError';
    this.code = code;
    this.params = params;
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTexts, code);
}

/** The sentence of an error in one language, its `{name}` places filled. */
export function errorSentence(code: ErrorCode, params: ErrorParams, language: 'vi' | 'en'): string {
  const text: ErrorText = errorTexts[code];
  return text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…'));
}
