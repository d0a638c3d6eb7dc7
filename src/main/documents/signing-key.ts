import { basename } from 'node:path';
import type { TokenInfo } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ParsedArgument } from '../../shared/ipc/index.ts';
import { sameName } from '../../shared/text/fold.ts';
import { signerName } from '../signature/certificate-use.ts';
import { usableCertificate } from '../signature/sign.ts';
import type { EventOf } from '../store/events/index.ts';
import type { Store } from '../store/index.ts';
import { modules } from '../store/queries/office.ts';
import type { SigningSession } from '../token/login.ts';
import { requireClock, requireNotRevoked } from './signing-guard.ts';
import type { Task } from './tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

export type Evidence = EventOf<'outgoing.signed'>['data']['signatures'][number];
/** How a signer gets at the key, whatever it signs with it. */
export type LoginArgument = Omit<ParsedArgument<'signing.sign'>, 'id' | 'act' | 'boxes'>;

/** A token that is logged in, for as long as `withLogin` runs. */
export interface SigningKey {
  readonly session: SigningSession;
  /** What the evidence says of the token and of the certificate's status. */
  readonly circumstances: Pick<Evidence, 'tokenLabel' | 'tokenSerial' | 'module' | 'unchecked'>;
}

/**
 * Logs in once everything that can be refused without a PIN is refused, and out again whatever happens.
 * @param holder whose certificate it must be
 */
export async function withLogin<T>(
  store: Store,
  keeper: TokenKeeper,
  holder: string,
  argument: LoginArgument,
  { signal }: Task,
  work: (key: SigningKey) => Promise<T>,
): Promise<T> {
  const { tokenId, certificateSha256, pin, acceptFinalTry } = argument;
  requireClock(store, argument.acceptClock);
  const token = await chosenToken(keeper, argument, holder);
  const session = await keeper.tokens().openSigner(tokenId, certificateSha256, pin, { acceptFinalTry });
  try {
    requireHolder(session.certificate, store.now(), holder);
    const unchecked = await requireNotRevoked(store, session, argument.acceptUnchecked, signal);
    const { label: tokenLabel, serial: tokenSerial } = token;
    return await work({
      session,
      circumstances: { tokenLabel, tokenSerial, module: moduleOf(store, token), unchecked },
    });
  } finally {
    await session.close();
  }
}

/** SHA-256 of the driver that a token is reached by; empty for a key file. */
function moduleOf({ tables }: Store, { module }: TokenInfo): string {
  return modules(tables).find(({ path }) => basename(path) === module)?.sha256 ?? '';
}

/**
 * The token, and its certificate looked at before the PIN is spent: most tokens show it without one.
 * @throws DeskError token.not-found, documents.not-your-certificate
 */
async function chosenToken(
  keeper: TokenKeeper,
  argument: LoginArgument,
  expected: string,
): Promise<TokenInfo> {
  const token = (await keeper.list()).find(({ id }) => id === argument.tokenId);
  if (!token) throw new DeskError('token.not-found');
  const chosen = token.certificates.find(({ sha256 }) => sha256 === argument.certificateSha256);
  if (chosen) requireName(chosen.subjectName, expected);
  return token;
}

/** The certificate must be good now and belong to whoever acts, the person or the office. */
function requireHolder(certificate: Uint8Array, now: number, expected: string): void {
  requireName(signerName(usableCertificate(certificate, now)), expected);
}

/** Names are compared without marks and case: certificates are written by hand. */
function requireName(holder: string, expected: string): void {
  if (!sameName(holder, expected))
    throw new DeskError('documents.not-your-certificate', { holder, expected });
}
