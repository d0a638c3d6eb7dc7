/**
 * Constants of PKCS#11 v2.40 this room uses, and what its return values mean to a person.
 * They stand here, not taken from pkcs11js, because the desk's own process never loads that library.
 */
import { DeskError } from '../../shared/errors/index.ts';

/** Token flags (CK_TOKEN_INFO). */
export const CKF = {
  protectedAuthenticationPath: 0x100,
  tokenInitialized: 0x400,
  userPinCountLow: 0x10000,
  userPinFinalTry: 0x20000,
  userPinLocked: 0x40000,
} as const;
export const CKF_SERIAL_SESSION = 0x4;

export const CKU_USER = 1;
export const CKU_CONTEXT_SPECIFIC = 2;

/** Session states in which the user is logged in: CKS_RO_USER_FUNCTIONS, CKS_RW_USER_FUNCTIONS. */
export const LOGGED_IN_STATES: readonly number[] = [1, 3];

export const CKO_CERTIFICATE = 1;
export const CKO_PRIVATE_KEY = 3;

export const CKA = { class: 0x0, value: 0x11, keyType: 0x100, id: 0x102, alwaysAuthenticate: 0x202 } as const;

export const CKK_RSA = 0;
export const CKK_EC = 3;

export const CKM_RSA_PKCS = 0x1;
export const CKM_SHA256_RSA_PKCS = 0x40;
export const CKM_ECDSA = 0x1041;

export const CKR = {
  argumentsBad: 0x7,
  deviceError: 0x30,
  deviceRemoved: 0x32,
  functionCanceled: 0x50,
  keyFunctionNotPermitted: 0x68,
  mechanismInvalid: 0x70,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLenRange: 0xa2,
  pinExpired: 0xa3,
  pinLocked: 0xa4,
  sessionClosed: 0xb0,
  sessionHandleInvalid: 0xb3,
  tokenNotPresent: 0xe0,
  tokenNotRecognized: 0xe1,
  userAlreadyLoggedIn: 0x100,
  userNotLoggedIn: 0x101,
  userPinNotInitialized: 0x102,
  cryptokiAlreadyInitialized: 0x191,
} as const;

export interface ReturnValue {
  readonly code: number;
  /** `CKR_DEVICE_ERROR`; a vendor's own value with its number in hex. */
  readonly name: string;
}

/**
 * The return value behind an error of pkcs11js. Its wrapper turns `CKR_NAME:123` into a `code`, but errors of
 * C_FindObjects reach us unwrapped.
 */
export function returnValueOf(error: unknown): ReturnValue | undefined {
  if (!(error instanceof Error)) return undefined;
  const inMessage = /(\w+):(\d+)/.exec(error.message);
  const code = inMessage ? Number(inMessage[2]) : (error as { code?: unknown }).code;
  if (typeof code !== 'number' || code === 0) return undefined;
  const name = /CKR_\w+/.exec(error.message)?.[0] ?? 'CKR_VENDOR_DEFINED';
  return { code, name: name === 'CKR_VENDOR_DEFINED' ? `${name} 0x${code.toString(16)}` : name };
}

/** Whether a PKCS#11 call failed with this `CKR_` code (PKCS#11 v2.40, 11.1). */
export function isReturnValue(error: unknown, code: number): boolean {
  return returnValueOf(error)?.code === code;
}

/** A failure of the token as a sentence. Wrong PINs are told apart by the caller, who knows the token's flags. */
export function tokenFailure(error: unknown): DeskError {
  if (error instanceof DeskError) return error;
  const value = returnValueOf(error);
  switch (value?.code ?? 0) {
    case CKR.pinLocked:
      return new DeskError('token.pin-locked', {}, error);
    case CKR.pinExpired:
      return new DeskError('token.pin-expired', {}, error);
    case CKR.userPinNotInitialized:
      return new DeskError('token.pin-not-set', {}, error);
    case CKR.functionCanceled:
      return new DeskError('token.pin-cancelled', {}, error);
    case CKR.deviceRemoved:
    case CKR.tokenNotPresent:
    case CKR.tokenNotRecognized:
      return new DeskError('token.removed', {}, error);
    case CKR.sessionClosed:
    case CKR.sessionHandleInvalid:
    case CKR.userNotLoggedIn:
      return new DeskError('token.session-ended', {}, error);
    case CKR.deviceError:
      return new DeskError('token.device-error', { ckr: value?.name ?? '' }, error);
    case CKR.mechanismInvalid:
    case CKR.keyFunctionNotPermitted:
      return new DeskError('token.cannot-sign', {}, error);
    default:
      return new DeskError('token.function-failed', { ckr: value?.name ?? 'unknown' }, error);
  }
}
