import { DeskError, errorSentence } from '../../shared/errors/index.ts';

/**
 * What a person is told when the desk could not be opened, in both languages: there is no window yet to choose in. Null
 * when the person stopped it.
 */
export function startupTrouble(
  error: unknown,
  logFile: string,
): { readonly title: string; readonly text: string } | null {
  const { code, params } =
    error instanceof DeskError ? error : { code: 'host.unexpected' as const, params: { logId: logFile } };
  if (code === 'host.cancelled') return null;
  return {
    title: 'Bàn Văn Thư',
    text: `${errorSentence(code, params, 'vi')}\n\n${errorSentence(code, params, 'en')}\n\n${code}`,
  };
}
