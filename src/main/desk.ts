import packageJson from '../../package.json' with { type: 'json' };
import type { Person } from '../shared/domain/people.ts';
import { DeskError } from '../shared/errors/index.ts';
import {
  ipc,
  type Answer,
  type CallName,
  type DeskEvent,
  type ParsedArgument,
  type Result,
} from '../shared/ipc/index.ts';
import type { Session } from '../shared/ipc/session.ts';
import { mimeTypeOf } from '../shared/domain/media-type.ts';
import { actorOf, event } from './office/common/acts.ts';
import { answers, type Asked, type Room, type WindowCall } from './office/answers.ts';
import { openAxisLine } from './office/exchange/axis-line.ts';
import { openFile } from './office/common/file-access.ts';
import { returnSecret } from './office/incoming/return-secret.ts';
import { openOffice } from './office/open-office.ts';
import { prepareSending } from './office/exchange/before-sending.ts';
import { admit } from './office/permission.ts';
import { keepProofs, type ProofKeeper } from './office/proofs/proofs.ts';
import { startReader, type Reader } from './office/reader/reader.ts';
import { createTasks } from './office/common/tasks.ts';
import { keepTokens } from './office/signing/token-keeper.ts';
import { topicsOf, type Topic } from './office/topics.ts';
import type { HostedDesk, HostLog, WindowSession } from './host/desk-port.ts';
import { tellLackingCryptography } from './host/cryptography.ts';
import { FILE_LIMIT_MB, requireFileName } from './host/limits.ts';
import { failed } from './host/refusal.ts';
import type { Vault } from './host/vault.ts';
import { piecesOf } from './store/files.ts';
import { storeFailure } from './store/failures.ts';
import { openStore, upgradeRecords, type Progress, type Store } from './store/index.ts';
import { areServicesDecided, officeOf, people, personById } from './store/queries/office.ts';
import type { Timeouts } from './token/client.ts';
import type { LaunchHost } from './token/launch.ts';

export interface DeskOptions {
  readonly dataDir: string;
  readonly vault: Vault;
  readonly launchTokenHost: LaunchHost;
  /** Milliseconds a token may take for each request, where the defaults do not fit. */
  readonly tokenTimeouts?: Timeouts;
  readonly log: HostLog;
  /** UTC milliseconds. */
  readonly clock?: () => number;
  /** Hears how the records of another version are made ready, which may take a minute. */
  readonly upgrading?: Progress;
  /** The demo's software tokens, shown on screen with their PINs. */
  readonly demo?: NonNullable<Session['demo']>;
}

/** The office as every host opens it: windows and browser tabs use this and nothing else; the command line has no office. */
export interface Desk extends HostedDesk {
  /** Ends every login at a token: the screen was locked, and whoever comes back enters the PIN again. */
  endLogins(): Promise<void>;
  /** Ends everything under way and closes the records. */
  close(): Promise<void>;
}

/** What the desk knows of one window while it is open. */
interface Seat {
  personId: string | null;
  /** Media types of files added here: they can be shown before any document has them. */
  readonly added: Map<string, string>;
}

/**
 * Opens the office.
 * @throws DeskError of the `store.` codes when the data folder cannot be used
 */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const {
    dataDir,
    vault,
    launchTokenHost,
    tokenTimeouts,
    log,
    clock = Date.now,
    demo = null,
    upgrading = () => {},
  } = options;
  const seats = new Map<string, Seat>();
  const { emit, changed, on } = createEvents();
  let reader: Reader | undefined;
  let proofs: ProofKeeper | undefined;

  await upgradeRecords(dataDir, upgrading);
  const store = openOffice(
    openStore(dataDir, {
      clock,
      onRecorded: (entry) => {
        changed(topicsOf(entry.type));
        reader?.wake();
        proofs?.wake();
      },
    }),
  );
  reader = startReader(store, log, (file, mark) => returnSecret(store, file, mark));
  const keeper = keepTokens(store, launchTokenHost, () => changed(['tokens']), tokenTimeouts);
  proofs = keepProofs(store, log, () => changed(['outgoing', 'verification']));
  let wasOnline: boolean | null = null;
  const preparation = prepareSending(store, log, () => axis.wake());
  const axis = openAxisLine(
    store,
    vault,
    log,
    (id, signal) => preparation.prepare(id, signal),
    () => {
      changed(['exchange']);
      const { online } = axis.state();
      if (online && wasOnline === false) proofs?.tryNow();
      wasOnline = online;
    },
  );
  const room: Room = { store, keeper, axis, reader, proofs, tasks: createTasks(emit), log };
  await axis.renew();
  reader.wake();
  proofs.wake();
  void tellLackingCryptography(log);

  const seatOf = ({ id }: WindowSession): Seat => {
    const known = seats.get(id) ?? { personId: null, added: new Map() };
    seats.set(id, known);
    return known;
  };
  const personAt = (window: WindowSession): Person | null => {
    const { personId } = seatOf(window);
    const person = personId === null ? undefined : personById(store.tables, personId);
    return person?.active ? person : null;
  };

  const windowCalls: {
    readonly [N in WindowCall]: (window: WindowSession, argument: ParsedArgument<N>) => Result<N>;
  } = {
    'session.state': (window) => ({
      version: packageJson.version,
      host: window.host,
      officeName: officeOf(store.tables)?.name ?? '',
      people: people(store.tables),
      currentPersonId: personAt(window)?.id ?? null,
      servicesDecided: areServicesDecided(store.tables),
      demo,
      now: store.now(),
    }),
    'session.sit': (window, { personId }) => {
      const person = personById(store.tables, personId);
      if (!person?.active) throw new DeskError('documents.no-such-person');
      store.record(actorOf(person), () => event('person.sat-down', person.id, {}));
      seatOf(window).personId = person.id;
      return {};
    },
  };
  const isWindowCall = (name: CallName): name is WindowCall => Object.hasOwn(windowCalls, name);

  async function answer(name: CallName, raw: unknown, window: WindowSession): Promise<unknown> {
    const argument = parse(name, raw);
    const person = personAt(window);
    const grant = admit(store, name, argument, person);
    // The key fixes the type of argument and handler alike; TypeScript cannot follow that through a union.
    if (isWindowCall(name))
      return (windowCalls[name] as (window: WindowSession, argument: unknown) => unknown)(window, argument);
    const handler = answers[name] as (room: Room, asked: Asked<CallName>) => unknown;
    return handler(room, { argument, person, grant, added: seatOf(window).added });
  }

  /** A failure on its way out: nothing but code and parameters crosses, the cause goes to the log. */
  const refuse = (error: unknown) => failed(storeFailure(error, dataDir), log);

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await room.tasks.end();
    await axis.close();
    await preparation.stop();
    await room.proofs.stop();
    await room.reader.stop();
    await store.endWork();
    await keeper.close();
    store.close();
  }

  return {
    on,
    async call(name, argument, window): Promise<Answer> {
      try {
        return { ok: true, value: await answer(name, argument, window) };
      } catch (error) {
        return refuse(error);
      }
    },
    async addFile(name, bytes, window): Promise<Answer> {
      try {
        return { ok: true, value: await addFile(store, name, bytes, requireSeat(window)) };
      } catch (error) {
        return refuse(error);
      }
    },
    openFile(sha256, window) {
      const { added } = requireSeat(window);
      const person = personAt(window);
      return Promise.resolve().then(() => {
        if (!person) throw new DeskError('documents.nobody-sits');
        return openFile(store, person, sha256, added);
      });
    },
    endLogins: () => keeper.tokens().logout(),
    close: () => (closing ??= close()),
  };

  /** Somebody sits there, or nobody works here yet and the office is being set up. */
  function requireSeat(window: WindowSession): Seat {
    if (!personAt(window) && people(store.tables).length > 0) throw new DeskError('documents.nobody-sits');
    return seatOf(window);
  }
}

async function addFile(store: Store, name: string, bytes: Uint8Array, seat: Seat) {
  requireFileName(name);
  const limit = FILE_LIMIT_MB * 1024 * 1024;
  if (bytes.length > limit) throw new DeskError('host.too-large', { limitMb: FILE_LIMIT_MB });
  // Piece by piece: a big file hashed and written at one go would leave every window deaf meanwhile.
  const { sha256, size } = await store.files.putStream(piecesOf(bytes), limit);
  const isPdf = store.files.peek(sha256).head.includes('%PDF-');
  seat.added.set(sha256, isPdf ? 'application/pdf' : mimeTypeOf(name));
  return { sha256, size };
}

/** @throws DeskError host.bad-request, naming the first field that is wrong */
function parse<N extends CallName>(name: N, raw: unknown): ParsedArgument<N> {
  const parsed = ipc[name].argument.safeParse(raw);
  if (!parsed.success)
    throw new DeskError('host.bad-request', { field: parsed.error.issues[0]?.path.join('.') || name });
  return parsed.data as ParsedArgument<N>;
}

/** Tells windows what to ask again; several changes of one kind at once are told once. */
function createEvents() {
  const listeners = new Set<(event: DeskEvent) => void>();
  const pending = new Set<Topic>();
  const emit = (event: DeskEvent) => {
    for (const listener of listeners) listener(event);
  };
  return {
    emit,
    changed: (topics: readonly Topic[]) => {
      if (pending.size === 0 && topics.length > 0)
        setImmediate(() => {
          const topics = [...pending];
          pending.clear();
          for (const topic of topics) emit({ type: 'changed', topic });
        });
      for (const topic of topics) pending.add(topic);
    },
    on: (listener: (event: DeskEvent) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
