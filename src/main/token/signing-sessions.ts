/**
 * Logins inside the host process. One session a token: the login state belongs to the token, so a second
 * session would sign without anybody having entered a PIN for it (PKCS#11 v2.40, 2.6.7).
 */
import { randomUUID } from 'node:crypto';
import type { Handle, PKCS11 } from 'pkcs11js';
import type { TokenPin } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ErrorCode } from '../../shared/errors/index.ts';
import {
  CKA,
  CKF_SERIAL_SESSION,
  CKK_EC,
  CKK_RSA,
  CKM_ECDSA,
  CKM_RSA_PKCS,
  CKM_SHA256_RSA_PKCS,
  CKO_PRIVATE_KEY,
  CKR,
  CKU_CONTEXT_SPECIFIC,
  CKU_USER,
  isReturnValue,
  LOGGED_IN_STATES,
  tokenFailure,
} from './cryptoki.ts';
import type { Args, Result, TokenAddress } from './protocol.ts';
import {
  attribute,
  findObjects,
  findSlot,
  numberAttribute,
  occupiedSlots,
  pinState,
  readCertificates,
} from './token-module.ts';
import type { Slot, StoredCertificate } from './token-module.ts';

/** DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
/** Room for RSA 8192 and any curve: asked with a NULL buffer some tokens sign twice or answer 0. */
const SIGNATURE_ROOM = 1024;

/**
 * Mechanisms by key type, best first. CKM_RSA_PKCS sends 51 bytes and works on every token met; some offer only
 * the one that hashes by itself.
 */
const MECHANISMS: Readonly<Record<number, readonly number[]>> = {
  [CKK_RSA]: [CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS],
  [CKK_EC]: [CKM_ECDSA],
};

/** A PIN the token finds too short or strange is a wrong one: it may have cost a try. */
const WRONG_PIN = [CKR.pinIncorrect, CKR.pinInvalid, CKR.pinLenRange];

/** What a driver answers to the empty PIN when it does not take it for "typed on the device". */
const NO_PIN_PAD = [CKR.argumentsBad, CKR.pinLenRange, CKR.pinInvalid];

interface Key {
  readonly handle: Handle;
  readonly type: 'rsa' | 'ec';
  readonly mechanism: number;
  readonly alwaysAuthenticate: boolean;
}

type PinEntry = Args<'learn'>;

interface OpenSession {
  readonly handle: Handle;
  readonly token: TokenAddress;
  readonly key: Key;
  /** Kept only for a key that wants it before each signature (CKA_ALWAYS_AUTHENTICATE), and only in memory. */
  readonly pin: string | undefined;
}

export class SigningSessions {
  readonly #p11: PKCS11;
  readonly #open = new Map<string, OpenSession>();

  constructor(p11: PKCS11) {
    this.#p11 = p11;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  open(args: Args<'open'>): Result<'open'> {
    const p11 = this.#p11;
    return this.#inSession(args, (session, slot) => {
      const shown = args.hidesCertificates ? undefined : readCertificates(p11, session);
      if (shown) wanted(shown, args, 'token.certificate-missing');
      this.#login(session, args, pinState(slot.info).protectedPath);
      const certificates = shown ?? readCertificates(p11, session);
      const certificate = wanted(certificates, args, 'token.certificates-changed');
      const key = this.#findKey(session, slot.handle, certificate.id);
      const id = randomUUID();
      const pin = key.alwaysAuthenticate ? args.pin : undefined;
      this.#open.set(id, { handle: session, token: slot.address, key, pin });
      const others = certificates.filter((other) => other !== certificate).map(({ der }) => der);
      return { session: id, certificate: certificate.der, others, keyType: key.type };
    });
  }

  learn(args: Args<'learn'>): Result<'learn'> {
    return this.#inSession(args, (session, slot) => {
      this.#login(session, args, pinState(slot.info).protectedPath);
      const certificates = readCertificates(this.#p11, session).map(({ der }) => der);
      this.#endQuietly(session);
      return { certificates };
    });
  }

  /** Everything that can be known is checked before the PIN reaches the token: a wrong try is precious. */
  #inSession<T>(args: PinEntry, work: (session: Handle, slot: Slot) => T): T {
    const slot = findSlot(this.#p11, args.token);
    if ([...this.#open.values()].some(({ token }) => isSameToken(token, slot.address)))
      throw new DeskError('token.in-use');
    checkPin(pinState(slot.info), args);
    const session = this.#p11.C_OpenSession(slot.handle, CKF_SERIAL_SESSION);
    try {
      return work(session, slot);
    } catch (error) {
      const failure = this.#explain(error, slot.address);
      this.#endQuietly(session);
      throw failure;
    }
  }

  sign({ session: id, digest, message }: Args<'sign'>): Result<'sign'> {
    const open = this.#open.get(id);
    if (!open) throw new DeskError('token.session-ended');
    const { key, handle } = open;
    try {
      this.#p11.C_SignInit(handle, { mechanism: key.mechanism }, key.handle);
      if (open.pin !== undefined) this.#p11.C_Login(handle, CKU_CONTEXT_SPECIFIC, open.pin);
      const input = key.mechanism === CKM_SHA256_RSA_PKCS ? message : toBeSigned(key, digest);
      const signature = this.#p11.C_Sign(handle, Buffer.from(input), Buffer.alloc(SIGNATURE_ROOM));
      return { signature: Uint8Array.from(signature) };
    } catch (error) {
      // A failed signature may leave the operation active, and the next one would fail for that alone.
      const failure = this.#explain(error, open.token);
      this.#open.delete(id);
      this.#endQuietly(handle);
      throw failure;
    }
  }

  close(id: string): void {
    const open = this.#open.get(id);
    if (!open) return;
    this.#open.delete(id);
    this.#endQuietly(open.handle);
  }

  /** Sessions of tokens that are gone cannot be closed; they are only forgotten. */
  forgetAbsent(present: readonly TokenAddress[]): void {
    for (const [id, { token }] of this.#open)
      if (!present.some((address) => isSameToken(address, token))) this.#open.delete(id);
  }

  #login(session: Handle, { pin }: PinEntry, isOnDevice: boolean): void {
    // A login left over from before would accept any PIN.
    if (LOGGED_IN_STATES.includes(this.#p11.C_GetSessionInfo(session).state)) this.#p11.C_Logout(session);
    try {
      this.#p11.C_Login(session, CKU_USER, pin);
    } catch (error) {
      if (isOnDevice && NO_PIN_PAD.some((code) => isReturnValue(error, code)))
        throw new DeskError('token.pin-pad-unavailable', {}, error);
      // Middleware that shares one login between programs says so; the key then works.
      if (!isReturnValue(error, CKR.userAlreadyLoggedIn)) throw error;
    }
  }

  #findKey(session: Handle, slot: Handle, id: Buffer): Key {
    const p11 = this.#p11;
    const [handle] = id.length > 0 ? findObjects(p11, session, CKO_PRIVATE_KEY, id) : [];
    if (!handle) throw new DeskError('token.key-missing');
    const keyType = numberAttribute(p11, session, handle, CKA.keyType);
    const wanted = MECHANISMS[keyType ?? -1] ?? [];
    const offered = p11.C_GetMechanismList(slot);
    const mechanism = wanted.find((candidate) => offered.includes(candidate));
    if (mechanism === undefined) throw new DeskError('token.cannot-sign');
    return {
      handle,
      type: keyType === CKK_RSA ? 'rsa' : 'ec',
      mechanism,
      alwaysAuthenticate: attribute(p11, session, handle, CKA.alwaysAuthenticate)?.[0] === 1,
    };
  }

  /** Turns a failure into a sentence; drivers report a pulled token in a dozen ways, so its slot is asked too. */
  #explain(error: unknown, token: TokenAddress): DeskError {
    if (error instanceof DeskError) return error;
    const present = this.#present();
    if (present && !present.some(({ address }) => isSameToken(address, token)))
      return new DeskError('token.removed', {}, error);
    if (!WRONG_PIN.some((code) => isReturnValue(error, code))) return tokenFailure(error);
    const now = present?.find(({ address }) => isSameToken(address, token));
    return wrongPin(now && pinState(now.info), error);
  }

  #present(): ReturnType<typeof occupiedSlots> | undefined {
    try {
      return occupiedSlots(this.#p11);
    } catch {
      // The first failure is the one to report.
      return undefined;
    }
  }

  /** Ending the last session of a token also ends its login; both calls fail on a token that is gone. */
  #endQuietly(session: Handle): void {
    for (const end of [() => this.#p11.C_Logout(session), () => this.#p11.C_CloseSession(session)]) {
      try {
        end();
      } catch {
        // Nothing is left to end.
      }
    }
  }
}

/** @throws DeskError `missing` */
function wanted(
  certificates: readonly StoredCertificate[],
  { certificateSha256 }: Args<'open'>,
  missing: ErrorCode,
): StoredCertificate {
  const certificate = certificates.find(({ sha256 }) => sha256 === certificateSha256);
  if (!certificate) throw new DeskError(missing);
  return certificate;
}

const isSameToken = (a: TokenAddress, b: TokenAddress): boolean =>
  a.slot === b.slot && a.serial === b.serial && a.label === b.label;

/** @throws DeskError without any call to the token: a PIN it would refuse for its length still costs a try */
function checkPin(state: TokenPin, { pin, acceptFinalTry }: PinEntry): void {
  if (state.locked) throw new DeskError('token.pin-locked');
  if (state.finalTry && !acceptFinalTry) throw new DeskError('token.final-try');
  if (state.protectedPath) return;
  const length = Buffer.byteLength(pin);
  const { minLength: min, maxLength: max } = state;
  if (length < min || length > max) throw new DeskError('token.pin-length', { min, max });
}

function wrongPin(state: TokenPin | undefined, cause: unknown): DeskError {
  if (state?.locked) return new DeskError('token.pin-locked', {}, cause);
  if (state?.finalTry) return new DeskError('token.wrong-pin-final', {}, cause);
  if (state?.countLow) return new DeskError('token.wrong-pin-low', {}, cause);
  return new DeskError('token.wrong-pin', {}, cause);
}

const toBeSigned = ({ type }: Key, digest: Uint8Array): Uint8Array =>
  type === 'ec' ? digest : Buffer.concat([SHA256_DIGEST_INFO, digest]);
