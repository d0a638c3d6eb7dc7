import { useEffect, useState } from 'react';

/** As the build writes them into `notices.json` (`build/notices.ts`). */
export interface Notice {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  readonly texts: readonly string[];
}

export type Notices =
  | { readonly state: 'waiting' }
  | { readonly state: 'failed' }
  | { readonly state: 'read'; readonly notices: readonly Notice[] };

/** The notices of the packages inside the program; they lie beside the page, so no network is asked. */
export function useNotices(): Notices {
  const [answer, setAnswer] = useState<Notices>({ state: 'waiting' });
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      const reply = await fetch('./notices.json', { signal: stop.signal });
      if (!reply.ok) throw new Error(`notices.json: ${reply.status}`);
      return (await reply.json()) as readonly Notice[];
    };
    read().then(
      (notices) => setAnswer({ state: 'read', notices }),
      () => {
        if (!stop.signal.aborted) setAnswer({ state: 'failed' });
      },
    );
    return () => stop.abort();
  }, []);
  return answer;
}
