import type { Answer } from '../../shared/ipc/index.ts';
import { UPGRADE_PATH, type UpgradeState } from '../../shared/ipc/upgrade.ts';
import type { HostedDesk, HostLog } from './desk-port.ts';
import { failed } from './refusal.ts';
import { answerResponse, pageOf, type SiteRequest } from './site.ts';

/**
 * A desk on its way. Records of another version of the program are made ready first, which may take a minute: meanwhile
 * a host shows a page that says how far it is.
 */
export interface Opening<Desk extends HostedDesk> {
  /** @throws DeskError as opening the desk does; host.cancelled after `stop` */
  readonly desk: Promise<Desk>;
  /** Resolves once it is known whether there is a desk to show or something to wait for. */
  readonly outcome: Promise<'open' | 'upgrading' | 'failed'>;
  /** The desk, once it is open. */
  current(): Desk | null;
  /** How far it is, or why it failed, as the page asks. */
  state(): Answer;
  /** Ends the upgrade where it is safe; the next start goes on from there. */
  stop(): void;
}

/** @param open hears how far it is and when to stop */
export function startOpening<Desk extends HostedDesk>(
  open: (upgrading: (done: number, total: number) => void, stop: AbortSignal) => Promise<Desk>,
  log: HostLog,
): Opening<Desk> {
  const stopping = new AbortController();
  const upgrading = Promise.withResolvers<'upgrading'>();
  let state: UpgradeState = { isOpen: false, done: 0, total: 0 };
  let current: Desk | null = null;
  let refused: Answer | null = null;
  const desk = open((done, total) => {
    state = { isOpen: false, done, total };
    upgrading.resolve('upgrading');
  }, stopping.signal).then(
    (opened) => {
      state = { ...state, isOpen: true };
      return (current = opened);
    },
    (error: unknown) => {
      refused = failed(error, log);
      throw error;
    },
  );
  const settled = desk.then(
    () => 'open' as const,
    () => 'failed' as const,
  );
  return {
    desk,
    outcome: Promise.race([upgrading.promise, settled]),
    current: () => current,
    state: () => refused ?? { ok: true, value: state },
    stop: () => stopping.abort(),
  };
}

/** A desk that is open already. */
export const alreadyOpen = <Desk extends HostedDesk>(desk: Desk, log: HostLog): Opening<Desk> =>
  startOpening(() => Promise.resolve(desk), log);

/** Answers a GET of either host while there is no desk: the page that shows the upgrade, and what it asks. */
export async function openingSite(
  opening: Pick<Opening<HostedDesk>, 'state'>,
  root: string,
  request: SiteRequest,
): Promise<Response> {
  const { pathname } = request.url;
  if (pathname === UPGRADE_PATH) return answerResponse(200, opening.state());
  return pageOf(root, request, pathname === '/' ? '/upgrade.html' : pathname);
}
