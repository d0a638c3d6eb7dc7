import { randomUUID } from 'node:crypto';
import { NATIONAL_LINE, type SyncState } from '../../../shared/domain/exchange.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ExchangeState } from '../../../shared/ipc/exchange.ts';
import { createExchange, problemOf, type Exchange } from '../../axis/exchange.ts';
import type { Problem } from '../../axis/edxml-model.ts';
import type { ExchangeOffice } from '../../axis/office-port.ts';
import type { AxisTransport } from '../../axis/transport.ts';
import { vxpTransport } from '../../axis/vxp.ts';
import type { HostLog } from '../../host/desk-port.ts';
import type { Vault } from '../../host/vault.ts';
import type { Store } from '../../store/index.ts';
import { waitingMessages } from '../../store/queries/exchange.ts';
import { axisSettings, officeOf } from '../../store/queries/office.ts';
import { learnTime } from '../common/clock.ts';
import { exchangeOffice } from './exchange.ts';
import { createMessageThread } from './message-thread.ts';

const secretKey = 'axis.secret';
const directoryAgeMs = 24 * 3_600_000;
/** The largest messages that an axis carries take a few seconds. */
const READING_MS = 60_000;

const unconnected: SyncState = {
  phase: 'stopped',
  online: null,
  lastSyncAt: null,
  nextSyncAt: null,
  problem: null,
};

/** The connection to the axis as the settings name it, with its loop and the agency directory. */
export interface AxisLine {
  state(): ExchangeState;
  /** @throws DeskError documents.axis-missing */
  sync(): Promise<ExchangeState>;
  /** Looks at the axis soon, if there is one. */
  wake(): void;
  reread(axisDocId: string, kind: 'edoc' | 'status'): Promise<void>;
  /** Fetches the directory with the settings as saved: proves address, id and secret. */
  test(): Promise<number>;
  hasSecret(): Promise<boolean>;
  setSecret(secret: string): Promise<void>;
  /** The settings have changed: the old connection ends, a new one begins. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export function openAxisLine(
  store: Store,
  vault: Vault,
  log: HostLog,
  prepare: ExchangeOffice['prepare'],
  onChange: () => void,
): AxisLine {
  let connected: { exchange: Exchange; transport: AxisTransport } | undefined;
  /** Why there is no connection although the settings name one. */
  let trouble: Problem | null = null;
  let directoryAt = -Infinity;
  const messages = createMessageThread();
  const closing = new AbortController();

  const logged = (error: unknown): string => {
    const id = randomUUID().slice(0, 8);
    log.error(`exchange failure ${id}`, error);
    return id;
  };

  const connect = async () => {
    const settings = axisSettings(store.tables);
    const secret = await vault.get(secretKey);
    if (!settings?.url || !settings.systemId || !secret || !officeOf(store.tables)) return undefined;
    const { url, allowHttp, systemId, intervalMinutes } = settings;
    const onTime = (time: number) => learnTime(store, 'axis', time);
    const transport = vxpTransport({ url, allowHttp, systemId, secret, onTime });
    const exchange = createExchange({
      office: exchangeOffice(store, NATIONAL_LINE, {
        prepare,
        read: (file, signal) => messages.ask('read', file, { limitMs: READING_MS, signal }),
      }),
      transport,
      intervalMs: intervalMinutes * 60_000,
      log: logged,
      onChange: ({ phase, online }) => {
        onChange();
        if (phase === 'idle' && online) refreshDirectory(transport).catch(logged);
      },
    });
    return { exchange, transport };
  };

  /** Once a day, after a pass that went well. */
  const refreshDirectory = async (transport: AxisTransport) => {
    if (store.now() - directoryAt < directoryAgeMs) return;
    directoryAt = store.now();
    try {
      await fetchDirectory(transport);
    } catch (error) {
      if (closing.signal.aborted) return;
      logged(error);
      directoryAt = -Infinity;
    }
  };
  const fetchDirectory = (transport: AxisTransport) =>
    store.cache.setAgencies(transport.listAgencies(closing.signal));

  const state = (): ExchangeState => {
    const { waiting, documents } = waitingMessages(store.tables);
    const stopped: SyncState = trouble ? { ...unconnected, phase: 'halted', problem: trouble } : unconnected;
    const { problem, ...sync } = connected?.exchange.state() ?? stopped;
    return {
      configured: connected !== undefined || trouble !== null,
      ...sync,
      waiting,
      waitingDocuments: documents,
      problem: problem && { code: problem.code, params: { ...problem.params } },
    };
  };
  const required = () => {
    if (trouble) throw new DeskError(trouble.code, trouble.params);
    if (!connected) throw new DeskError('documents.axis-missing');
    return connected;
  };

  return {
    state,
    async sync() {
      await required().exchange.syncNow();
      return state();
    },
    wake() {
      connected?.exchange.syncNow().catch(logged);
    },
    async reread(axisDocId, kind) {
      await required().exchange.reread(axisDocId, kind);
    },
    async test() {
      const { transport } = (await connect()) ?? required();
      return fetchDirectory(transport);
    },
    async hasSecret() {
      try {
        return (await vault.get(secretKey)) !== null;
      } catch (error) {
        // It must be typed again, and that is done where this is asked.
        logged(error);
        return false;
      }
    },
    setSecret: (secret) => vault.set(secretKey, secret),
    async renew() {
      const old = connected;
      connected = undefined;
      await old?.exchange.stop();
      trouble = null;
      try {
        connected = await connect();
      } catch (error) {
        trouble = problemOf(error, logged);
      }
      directoryAt = -Infinity;
      connected?.exchange.start();
      onChange();
    },
    async close() {
      closing.abort();
      await connected?.exchange.stop();
      await messages.stop();
    },
  };
}
