import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { signerCertificates } from '../../token/certificates.ts';
import { actorOf, newEvent } from '../common/events.ts';
import type { TokenKeeper } from './token-keeper.ts';

/**
 * Reads, with one PIN, the certificates of a token that hides them without, and remembers them, public as they are:
 * the next signing chooses among them and asks for its own PIN only.
 * @throws DeskError token.empty, and what the login throws
 */
export async function learnCertificates(
  store: Store,
  keeper: TokenKeeper,
  person: Person,
  { tokenId, pin, acceptFinalTry }: ParsedArgument<'signing.learn'>,
): Promise<void> {
  const token = (await keeper.list()).find(({ id }) => id === tokenId);
  if (!token) throw new DeskError('token.not-found');
  const { label, serial } = token;
  const ders = await keeper.tokens().learn(tokenId, pin, { acceptFinalTry });
  const own = ders.filter((der) => signerCertificates([der], store.now()).length > 0);
  if (own.length === 0) throw new DeskError('token.empty', { label });
  const certificates = own.map((der) => ({ file: store.files.put(der).sha256 }));
  store.record(actorOf(person), () => newEvent('token.learned', tokenId, { label, serial, certificates }));
}
