import packageJson from '../../../package.json' with { type: 'json' };
import type { Session } from '../../shared/ipc/session.ts';
import { lackingCryptography } from '../host/cryptography.ts';
import type { HostLog } from '../host/desk-port.ts';
import type { Vault } from '../host/vault.ts';
import { openStore, upgradeRecords, type Progress } from '../store/index.ts';
import type { Timeouts } from '../token/client.ts';
import type { LaunchHost } from '../token/launch.ts';
import { createTasks, type Tasks } from './common/tasks.ts';
import { openAxisLine, type AxisLine } from './exchange/axis-line.ts';
import { prepareSending } from './exchange/before-sending.ts';
import type { DeskNews } from './news.ts';
import { keepProofs, type ProofKeeper } from './proofs/proofs.ts';
import { keepTokens, type TokenKeeper } from './signing/token-keeper.ts';
import { topicsOf } from './topics.ts';
import { startReader, type Reader } from './reader/reader.ts';
import { openOffice, type WorkingOffice } from './open-office.ts';
import { returnSecret } from './incoming/return-secret.ts';

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
  /** Stops that where it is safe; the next start goes on from there. */
  readonly stopUpgrade?: AbortSignal;
  /** The demo's software tokens, shown on screen with their PINs. */
  readonly demo?: NonNullable<Session['demo']>;
}

/** Everything behind the desk that a call may take. */
export interface DeskServices {
  readonly store: WorkingOffice;
  readonly keeper: TokenKeeper;
  readonly axis: AxisLine;
  readonly reader: Reader;
  readonly proofs: ProofKeeper;
  readonly tasks: Tasks;
  readonly log: HostLog;
  readonly program: Pick<Session, 'version' | 'demo' | 'machineProblem'>;
}

export interface RunningServices extends DeskServices {
  /** Ends everything under way and closes the records. */
  close(): Promise<void>;
}

/**
 * Opens the records and starts whatever works on them by itself.
 * @throws DeskError of the `store.` codes when the data folder cannot be used
 */
export async function startServices(options: DeskOptions, news: DeskNews): Promise<RunningServices> {
  const { dataDir, vault, launchTokenHost, tokenTimeouts, log, clock = Date.now, demo = null } = options;
  await upgradeRecords(dataDir, options.upgrading ?? (() => {}), options.stopUpgrade);
  const { changed } = news;
  let reader: Reader | undefined;
  let proofs: ProofKeeper | undefined;
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
  const preparation = prepareSending(store, log, () => axis.wake());
  let wasOnline: boolean | null = null;
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
  const services = { store, keeper, axis, reader, proofs, tasks: createTasks(news.emit), log };
  await axis.renew();
  reader.wake();
  proofs.wake();
  const machineProblem = await lackingCryptography(log);
  return {
    ...services,
    program: { version: packageJson.version, demo, machineProblem },
    async close() {
      await services.tasks.end();
      await axis.close();
      await preparation.stop();
      await services.proofs.stop();
      await services.reader.stop();
      await store.endWork();
      await keeper.close();
      store.close();
    },
  };
}
