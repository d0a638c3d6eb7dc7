/** What a command needs to know and nobody else may see: the PIN of a key, the password of a PDF. */
import { UsageError } from './arguments.ts';
import type { Options } from './arguments.ts';

/** Options of `readPassword`. */
export const PASSWORD = ['password', 'password-env'];

/** From the environment only: arguments are seen by everybody on the machine. @throws UsageError */
export const readPin = (options: Options): string => named('pin-env', options.required('pin-env'));

/** How `openPdf` and `openText` take it. @throws UsageError */
export function readPassword(options: Options): { readonly password?: string } {
  const [given, name] = PASSWORD.map((option) => options.text(option));
  if (given !== undefined && name !== undefined) throw new UsageError('one of --password and --password-env');
  const password = name === undefined ? given : named('password-env', name);
  return password === undefined ? {} : { password };
}

/** The name is not repeated where it is none: somebody may have put the secret itself in its place. */
function named(option: string, name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new UsageError(`--${option} names no environment variable that is set`);
  return value;
}
