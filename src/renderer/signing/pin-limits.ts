import type { TokenPin } from '../../shared/domain/token.ts';

/** From here on a maximum is that of a file format or a driver, none that a person would meet. */
const noLimit = 255;

export interface PinLimits {
  readonly least: number;
  /** Null when the token names none. */
  readonly most: number | null;
}

/** The lengths a token takes; a PKCS#12 file has none to tell. */
export function limitsOf({ minLength, maxLength }: Pick<TokenPin, 'minLength' | 'maxLength'>): PinLimits {
  return { least: Math.max(1, minLength), most: maxLength > 0 && maxLength < noLimit ? maxLength : null };
}

/** Whether a PIN of that length may be sent to the token at all. */
export function isPinLength(pin: Pick<TokenPin, 'minLength' | 'maxLength'>, length: number): boolean {
  const { least, most } = limitsOf(pin);
  return length >= least && (most === null || length <= most);
}
