/** The services of one office, put together from its settings. */
import { openCache } from '../online/cache.ts';
import { httpClient, trusting } from '../online/http.ts';
import { STATE_TSA } from '../online/tsa.ts';
import type { TrustAnchor } from '../../x509/trust.ts';
import type { LevelServices } from './index.ts';

export interface ServiceSettings {
  /** Addresses of the timestamp service, tried in turn; none: no timestamps. */
  readonly tsaUrls: readonly string[];
  readonly cacheFolder: string;
  /** An office that trusts nobody yet takes timestamps from whoever answers at the address it entered. */
  readonly anchors: readonly TrustAnchor[];
  /** UTC milliseconds; left out: this computer's clock. */
  readonly now?: () => number;
  /** Ends whatever is under way. */
  readonly signal?: AbortSignal;
  readonly onAttempt?: (attempt: number, tries: number) => void;
}

/** A host that was entered as timestamp service may lie anywhere, and serve revocation data as well. */
export function openServices(settings: ServiceSettings): LevelServices {
  const { tsaUrls, cacheFolder, anchors, now = Date.now, signal, onAttempt } = settings;
  const http = httpClient(trusting(tsaUrls));
  return {
    timestamps:
      tsaUrls.length === 0
        ? null
        : {
            settings: { ...STATE_TSA, urls: tsaUrls },
            http,
            ...(anchors.length > 0 && { anchors }),
            ...(signal && { signal }),
            ...(onAttempt && { onAttempt }),
          },
    online: { http, cache: openCache(cacheFolder), now, ...(signal && { signal }) },
    anchors,
  };
}
