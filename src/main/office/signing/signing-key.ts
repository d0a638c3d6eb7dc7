import { basename } from 'node:path';
import { belongsTo, type Holder } from '../../../shared/domain/holder.ts';
import type { TokenInfo } from '../../../shared/domain/token.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import { signerName } from '../../x509/certificate-use.ts';
import { usableCertificate } from '../../signature/sign.ts';
import type { EventOf } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { modules, signerKinds } from '../../store/queries/office.ts';
import type { SigningSession } from '../../token/login.ts';
import { requireClock } from '../common/clock.ts';
import type { FoundStatuses } from '../verification/file-jobs.ts';
import { requireNotRevoked } from './signing-guard.ts';
import type { Task } from '../common/tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

export type Evidence = EventOf<'outgoing.signed'>['data']['signatures'][number];
/** How a signer gets at the key, whatever it signs with it. */
export type LoginArgument = Omit<ParsedArgument<'signing.sign'>, 'id' | 'act' | 'boxes'>;

/** A token that is logged in, for as long as `withLogin` runs. */
export interface SigningKey {
  readonly session: SigningSession;
  /** What services said of the certificate just now. */
  readonly answers: Pick<FoundStatuses, 'statuses' | 'certificates'>;
  /** Runs `use` once the token has done what it was asked before: who still waits can be stopped. */
  readonly alone: <T>(use: () => Promise<T>) => Promise<T>;
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
  holder: Holder,
  argument: LoginArgument,
  { signal }: Task,
  work: (key: SigningKey) => Promise<T>,
): Promise<T> {
  const { tokenId, certificateSha256, pin, acceptFinalTry } = argument;
  requireClock(store, argument.acceptClock);
  const token = await chosenToken(store, keeper, argument, holder);
  const session = await keeper.tokens().openSigner(tokenId, certificateSha256, pin, { acceptFinalTry });
  try {
    requireHolder(store, session.certificate, holder);
    const { unchecked, answers } = await requireNotRevoked(store, session, argument.acceptUnchecked, signal);
    const { label: tokenLabel, serial: tokenSerial } = token;
    return await work({
      session,
      answers,
      alone: oneAfterAnother(),
      circumstances: { tokenLabel, tokenSerial, module: moduleOf(store, token), unchecked },
    });
  } finally {
    await session.close();
  }
}

function oneAfterAnother(): SigningKey['alone'] {
  let last: Promise<unknown> = Promise.resolve();
  return (use) => {
    const next = last.then(use);
    last = next.catch(() => {});
    return next;
  };
}

/** SHA-256 of the driver that a token is reached by; empty for a key file. */
function moduleOf({ tables }: Store, { module }: TokenInfo): string {
  return modules(tables).find(({ path }) => basename(path) === module)?.sha256 ?? '';
}

/**
 * The token, and its certificate looked at before the PIN is spent: most tokens show it without one.
 * @throws DeskError token.not-found, and what `requireOwn` throws
 */
async function chosenToken(
  store: Store,
  keeper: TokenKeeper,
  argument: LoginArgument,
  holder: Holder,
): Promise<TokenInfo> {
  const token = (await keeper.list()).find(({ id }) => id === argument.tokenId);
  if (!token) throw new DeskError('token.not-found');
  const chosen = token.certificates.find(({ sha256 }) => sha256 === argument.certificateSha256);
  if (chosen) requireOwn(store, chosen.sha256, chosen.subjectName, holder);
  return token;
}

/** The certificate must be good now and belong to whoever acts, the person or the office. */
function requireHolder(store: Store, der: Uint8Array, holder: Holder): void {
  const certificate = usableCertificate(der, store.now());
  requireOwn(store, certificate.fingerprint, signerName(certificate), holder);
}

/**
 * @throws DeskError documents.not-your-certificate, documents.not-office-certificate; documents.personal-certificate
 *   and documents.agency-certificate when somebody has corrected whose it is to the other kind
 */
function requireOwn({ tables }: Store, fingerprint: string, name: string, holder: Holder): void {
  const isOffice = holder.kind === 'office';
  if (!belongsTo(name, holder)) {
    const code = isOffice ? 'documents.not-office-certificate' : 'documents.not-your-certificate';
    throw new DeskError(code, { holder: name, expected: holder.name });
  }
  const corrected = signerKinds(tables).find((word) => word.fingerprint === fingerprint)?.kind;
  if (corrected && (corrected === 'agency') !== isOffice)
    throw new DeskError(isOffice ? 'documents.personal-certificate' : 'documents.agency-certificate', {
      name,
    });
}
