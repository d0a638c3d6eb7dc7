/** One loaded PKCS#11 module, seen from inside the host process: slots, tokens, objects. */
import { createHash } from '../crypto/index.ts';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname } from 'node:path';
import type { Handle, PKCS11, TokenInfo as CkTokenInfo } from 'pkcs11js';
import type { TokenPin } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import {
  CKA,
  CKF,
  CKF_SERIAL_SESSION,
  CKO_CERTIFICATE,
  CKR,
  isReturnValue,
  tokenFailure,
} from './cryptoki.ts';
import type { Result, SlotToken, TokenAddress } from './protocol.ts';

/** A token of an office holds a handful of objects; a module that never stops listing is broken. */
const MAX_OBJECTS = 100;
const OBJECTS_A_CALL = 20;

function loadBinding(): typeof PKCS11 {
  try {
    const binding = createRequire(import.meta.url)('pkcs11js') as { PKCS11: typeof PKCS11 };
    return binding.PKCS11;
  } catch (error) {
    throw new DeskError('token.pkcs11-missing', {}, error);
  }
}

/** Loads and initialises the module. @throws DeskError when it cannot be loaded or is no PKCS#11 module */
export function loadModule(path: string): PKCS11 {
  const Binding = loadBinding();
  const p11 = new Binding();
  if (process.platform === 'win32') findLibrariesBeside(path);
  try {
    p11.load(path);
  } catch (error) {
    // The loader's own words are all there is. On Windows the entry point was looked for in the file before: error 127
    // (an entry point is missing) is then of a library the driver needs, like 126 (none) and 193 (of another machine).
    const isOtherLibrary = String(error).includes('C_GetFunctionList');
    const code = isOtherLibrary ? 'token.module-not-pkcs11' : 'token.module-not-loadable';
    throw new DeskError(code, { module: basename(path) }, error);
  }
  initialise(p11);
  return p11;
}

/** Windows looks for the libraries a driver needs in PATH, not beside the driver, where vendors put them. */
function findLibrariesBeside(path: string): void {
  process.env['PATH'] = [dirname(path), process.env['PATH']].filter(Boolean).join(delimiter);
}

function initialise(p11: PKCS11): void {
  try {
    p11.C_Initialize();
  } catch (error) {
    if (!isReturnValue(error, CKR.cryptokiAlreadyInitialized)) throw tokenFailure(error);
  }
}

/** Some modules see a new token or reader only after a restart. Every session ends with it. */
export function restart(p11: PKCS11): void {
  p11.C_Finalize();
  initialise(p11);
}

export interface Slot {
  readonly handle: Handle;
  readonly address: TokenAddress;
  readonly info: CkTokenInfo;
}

/** Every slot with a token in it. A token pulled out between two calls is simply not listed. */
export function occupiedSlots(p11: PKCS11): Slot[] {
  return p11.C_GetSlotList(true).flatMap((handle) => {
    const info = tokenInfo(p11, handle);
    if (!info) return [];
    const address = {
      slot: handle.toString('hex'),
      serial: unpad(info.serialNumber),
      label: unpad(info.label),
    };
    return [{ handle, address, info }];
  });
}

function tokenInfo(p11: PKCS11, slot: Handle): CkTokenInfo | undefined {
  try {
    return p11.C_GetTokenInfo(slot);
  } catch (error) {
    if (
      [CKR.tokenNotPresent, CKR.tokenNotRecognized, CKR.deviceRemoved].some((code) =>
        isReturnValue(error, code),
      )
    )
      return undefined;
    throw error;
  }
}

/** A token straight from the factory has no PIN and no keys yet (CKF_TOKEN_INITIALIZED). */
export const isInitialised = ({ info }: Slot): boolean => (info.flags & CKF.tokenInitialized) !== 0;

/**
 * The slot in which a token stands now: the one it stood in before when it is still there, else wherever its serial
 * number and label are found.
 * @throws DeskError token.not-found
 */
export function findSlot(p11: PKCS11, wanted: TokenAddress): Slot {
  const same = occupiedSlots(p11).filter(
    ({ address }) => address.serial === wanted.serial && address.label === wanted.label,
  );
  const slot = same.find(({ address }) => address.slot === wanted.slot) ?? same[0];
  if (!slot) throw new DeskError('token.not-found');
  return slot;
}

/** CK_TOKEN_INFO pads with blanks, some vendors with NUL. */
const unpad = (text: string): string => text.replace(/[\s\0]+$/, '').normalize('NFC');

/** No token in use takes a longer PIN. */
const LONGEST_PIN = 255;

/** What CK_TOKEN_INFO says of the PIN: its lengths in bytes and how near it is to being locked (PKCS#11 v2.40, 3.2). */
export function pinState({ flags, minPinLen, maxPinLen }: CkTokenInfo): TokenPin {
  // 0 and CK_UNAVAILABLE_INFORMATION both mean that the token does not say.
  const saysLongest = maxPinLen > 0 && maxPinLen <= LONGEST_PIN;
  return {
    minLength: Math.max(1, minPinLen),
    maxLength: saysLongest ? maxPinLen : LONGEST_PIN,
    protectedPath: (flags & CKF.protectedAuthenticationPath) !== 0,
    countLow: (flags & CKF.userPinCountLow) !== 0,
    finalTry: (flags & CKF.userPinFinalTry) !== 0,
    locked: (flags & CKF.userPinLocked) !== 0,
  };
}

/**
 * Every token that can be used, and how many readers and empty tokens there are besides.
 * @throws what the module does
 */
export function listTokens(p11: PKCS11): Result<'list'> {
  const slots = occupiedSlots(p11);
  const tokens = slots.filter(isInitialised).map(describeSlot);
  const readers = p11.C_GetSlotList(false).length;
  return { tokens, readers, uninitialised: slots.length - tokens.length };
}

const describeSlot = ({ address, info }: Slot): SlotToken => ({
  ...address,
  manufacturer: unpad(info.manufacturerID),
  pin: pinState(info),
});

/** What a token shows before login. The session is read-only: some tokens allow no other. */
export function shownCertificates(p11: PKCS11, token: TokenAddress): StoredCertificate[] {
  const session = p11.C_OpenSession(findSlot(p11, token).handle, CKF_SERIAL_SESSION);
  try {
    return readCertificates(p11, session);
  } finally {
    p11.C_CloseSession(session);
  }
}

/**
 * Handles of the objects of a class, of those with this CKA_ID where one is given; at most `MAX_OBJECTS`.
 * @throws what the module does
 */
export function findObjects(p11: PKCS11, session: Handle, objectClass: number, id?: Buffer): Handle[] {
  const template = [{ type: CKA.class, value: objectClass }, ...(id ? [{ type: CKA.id, value: id }] : [])];
  p11.C_FindObjectsInit(session, template);
  try {
    const found: Handle[] = [];
    while (found.length < MAX_OBJECTS) {
      const some = p11.C_FindObjects(session, OBJECTS_A_CALL);
      found.push(...some);
      if (some.length === 0) break;
    }
    return found;
  } finally {
    p11.C_FindObjectsFinal(session);
  }
}

/**
 * One attribute, asked for alone: a token that lacks it then fails that question only.
 * The buffer is given at once because some Vietnamese modules answer length 0 when asked with a NULL buffer.
 */
export function attribute(p11: PKCS11, session: Handle, object: Handle, type: number): Buffer | undefined {
  try {
    const [result] = p11.C_GetAttributeValue(session, object, [{ type, value: Buffer.alloc(32_768) }]);
    return result?.value;
  } catch (error) {
    const failure = tokenFailure(error);
    if (failure.code === 'token.removed' || failure.code === 'token.device-error') throw failure;
    return undefined;
  }
}

export interface StoredCertificate {
  readonly der: Uint8Array;
  readonly id: Buffer;
  readonly sha256: string;
}

/**
 * The certificates a session can see, each with its CKA_ID and the SHA-256 of its DER. One without a value is left
 * out.
 * @throws DeskError token.removed, token.device-error
 */
export function readCertificates(p11: PKCS11, session: Handle): StoredCertificate[] {
  return findObjects(p11, session, CKO_CERTIFICATE).flatMap((object) => {
    const der = attribute(p11, session, object, CKA.value);
    if (!der || der.length === 0) return [];
    const id = attribute(p11, session, object, CKA.id) ?? Buffer.alloc(0);
    return [{ der: Uint8Array.from(der), id, sha256: createHash('sha256').update(der).digest('hex') }];
  });
}

/** A CK_ULONG or CK_BBOOL attribute as a number; both are little-endian on every machine this runs on. */
export function numberAttribute(
  p11: PKCS11,
  session: Handle,
  object: Handle,
  type: number,
): number | undefined {
  const value = attribute(p11, session, object, type);
  return value && value.length > 0 ? value.readUIntLE(0, Math.min(value.length, 6)) : undefined;
}
