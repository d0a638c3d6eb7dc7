import { join } from 'node:path';
import { openServices } from '../../signature/levels/services.ts';
import type { LevelServices } from '../../signature/levels/index.ts';
import type { Level } from '../../signature/levels/state.ts';
import { httpClient, trusting } from '../../signature/online/http.ts';
import { STATE_TSA } from '../../signature/online/tsa.ts';
import type { TimestampSettings } from '../../signature/online/tsa.ts';
import type { Timestamping } from '../../signature/sign.ts';
import { signatureTimestamping } from '../../signature/levels/index.ts';
import type { Store } from '../../store/index.ts';
import { signingServices } from '../../store/queries/office.ts';
import { anchorsFor, anchorsOf } from '../verification/anchors.ts';
import { learnTime } from '../common/clock.ts';
import type { JobServices } from '../verification/file-jobs.ts';

/** Where answers of services are kept until they expire; it may be thrown away. */
export const onlineFolder = (store: Store): string => join(store.folder, 'online');

/** Addresses of the timestamp service, wanted or not: its host may serve revocation data as well. */
export function tsaUrls({ tables }: Store): readonly string[] {
  const { tsaUrl } = signingServices(tables);
  return tsaUrl === '' ? STATE_TSA.urls : [tsaUrl];
}

/** How far the signatures of this office are proved, by what it lets the program ask. */
export function wantedLevel({ tables }: Store): Level {
  const { timestamps, revocation } = signingServices(tables);
  if (!timestamps) return 'B-B';
  return revocation ? 'B-LTA' : 'B-T';
}

/** The services as a job for a thread names them. */
export const jobServices = (store: Store): JobServices => ({
  anchors: anchorsFor(store),
  tsaUrls: tsaUrls(store),
  cacheFolder: onlineFolder(store),
  now: store.now(),
});

export function servicesFor(store: Store, signal: AbortSignal): LevelServices {
  const anchors = anchorsOf(anchorsFor(store));
  const now = () => store.now();
  return openServices({ tsaUrls: tsaUrls(store), cacheFolder: onlineFolder(store), anchors, now, signal });
}

/** Somebody waits for the signature: a slow service gets this long, then the timestamp is added later. */
const PATIENCE_MS = 15_000;

/**
 * A timestamp inside the signature, if the service answers while the person waits.
 * @param onTime hears the time it proves
 */
export const quickTimestamping = (store: Store, onTime: (at: number) => void): Timestamping | undefined =>
  timestamping(store, { timeoutMs: PATIENCE_MS, tries: 1 }, onTime);

/** One that must not be missing: the service gets the time it takes. */
export const patientTimestamping = (store: Store, onTime: (at: number) => void): Timestamping | undefined =>
  timestamping(store, {}, onTime);

function timestamping(
  store: Store,
  patience: Partial<TimestampSettings>,
  onTime: (at: number) => void,
): Timestamping | undefined {
  if (!signingServices(store.tables).timestamps) return undefined;
  const urls = tsaUrls(store);
  const anchors = anchorsOf(anchorsFor(store));
  return signatureTimestamping(
    {
      settings: { ...STATE_TSA, ...patience, urls },
      http: httpClient(trusting(urls)),
      ...(anchors.length > 0 && { anchors }),
    },
    (at) => {
      learnTime(store, 'timestamp', at);
      onTime(at);
    },
  );
}
