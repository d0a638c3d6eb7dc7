import type { Person } from '../shared/domain/people.ts';
import { mimeTypeOf } from '../shared/domain/media-type.ts';
import { DeskError } from '../shared/errors/index.ts';
import { ipc, type Answer, type CallName, type ParsedArgument } from '../shared/ipc/index.ts';
import type { HostedDesk, WindowSession } from './host/desk-port.ts';
import { boundHeaps } from './host/heaps.ts';
import { FILE_LIMIT_MB, requireFileName } from './host/limits.ts';
import { failed } from './host/refusal.ts';
import { admit } from './office/admit.ts';
import { calls } from './office/calls.ts';
import type { DeskWindow, OfficeCall } from './office/common/calls.ts';
import { openFile } from './office/common/file-access.ts';
import { createNews } from './office/news.ts';
import { startServices, type DeskOptions, type DeskServices } from './office/services.ts';
import { storeFailure } from './store/failures.ts';
import { piecesOf } from './store/files.ts';
import type { Store } from './store/index.ts';
import { people, personById } from './store/queries/office.ts';

export type { DeskOptions } from './office/services.ts';

/** The office as every host opens it: windows and browser tabs use this and nothing else; the command line has no office. */
export interface Desk extends HostedDesk {
  /** Ends every login at a token: the screen was locked, and whoever comes back enters the PIN again. */
  endLogins(): Promise<void>;
  /** Ends everything under way and closes the records. */
  close(): Promise<void>;
}

/**
 * Opens the office.
 * @throws DeskError of the `store.` codes when the data folder cannot be used
 */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  boundHeaps();
  const news = createNews();
  const services = await startServices(options, news);
  const { store } = services;
  const windows = new Map<string, DeskWindow>();
  const windowOf = ({ id, host }: WindowSession): DeskWindow => {
    const known = windows.get(id) ?? { host, personId: null, added: new Map() };
    windows.set(id, known);
    return known;
  };
  /** A failure on its way out: nothing but code and parameters crosses, the cause goes to the log. */
  const refuse = (error: unknown) => failed(storeFailure(error, options.dataDir), options.log);
  let closing: Promise<void> | undefined;
  return {
    on: news.on,
    async call(name, argument, session): Promise<Answer> {
      try {
        return { ok: true, value: await answer(services, name, argument, windowOf(session)) };
      } catch (error) {
        return refuse(error);
      }
    },
    async addFile(name, bytes, session): Promise<Answer> {
      try {
        return { ok: true, value: await addFile(store, name, bytes, windowOf(session)) };
      } catch (error) {
        return refuse(error);
      }
    },
    async openFile(sha256, session) {
      const window = windowOf(session);
      const person = personAt(store, window);
      if (!person) throw new DeskError('documents.nobody-sits');
      return openFile(store, person, sha256, window.added);
    },
    endLogins: () => services.keeper.tokens().logout(),
    close: () => (closing ??= services.close()),
  };
}

function personAt({ tables }: Store, { personId }: DeskWindow): Person | null {
  const person = personId === null ? undefined : personById(tables, personId);
  return person?.active ? person : null;
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the name fixes the types of the whole way
async function answer<N extends CallName>(
  services: DeskServices,
  name: N,
  raw: unknown,
  window: DeskWindow,
): Promise<unknown> {
  const argument = parse(name, raw);
  const person = personAt(services.store, window);
  const grant = admit(services.store, name, argument, person);
  const call: OfficeCall<N, DeskServices> = calls[name];
  return call.answer(services, { argument, person, grant, window });
}

/** @throws DeskError documents.nobody-sits, unless nobody works here yet and the office is being set up */
async function addFile(store: Store, name: string, bytes: Uint8Array, window: DeskWindow) {
  if (!personAt(store, window) && people(store.tables).length > 0)
    throw new DeskError('documents.nobody-sits');
  requireFileName(name);
  const limit = FILE_LIMIT_MB * 1024 * 1024;
  if (bytes.length > limit) throw new DeskError('host.too-large', { limitMb: FILE_LIMIT_MB });
  // Piece by piece: a big file hashed and written at one go would leave every window deaf meanwhile.
  const { sha256, size } = await store.files.putStream(piecesOf(bytes), limit);
  const isPdf = store.files.peek(sha256).head.includes('%PDF-');
  window.added.set(sha256, isPdf ? 'application/pdf' : mimeTypeOf(name));
  return { sha256, size };
}

/** @throws DeskError host.bad-request, naming the first field that is wrong */
function parse<N extends CallName>(name: N, raw: unknown): ParsedArgument<N> {
  const parsed = ipc[name].argument.safeParse(raw);
  if (!parsed.success)
    throw new DeskError('host.bad-request', { field: parsed.error.issues[0]?.path.join('.') || name });
  return parsed.data as ParsedArgument<N>;
}
