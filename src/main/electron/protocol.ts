import type { HostedDesk, HostLog, WindowSession } from '../host/desk-port.ts';
import { openingSite, type Opening } from '../host/opening.ts';
import { failed, refusal } from '../host/refusal.ts';
import { answerResponse, site } from '../host/site.ts';
import { isOurPage } from './origin.ts';

/** Answers `app://desk/…`: the page, and stored files with byte ranges; before there is a desk, the page of its upgrade. */
export function appProtocol(
  opening: Pick<Opening<HostedDesk>, 'current' | 'state'>,
  pages: string,
  session: WindowSession,
  log: HostLog,
) {
  return async (request: Pick<Request, 'method' | 'url' | 'headers'>): Promise<Response> => {
    if (!isOurPage(request.url)) return answerResponse(404, refusal('host.not-found', { what: 'page' }));
    const { method, url, headers } = request;
    try {
      const asked = { method, url: new URL(url), range: headers.get('range') };
      const desk = opening.current();
      return await (desk === null ? openingSite(opening, pages, asked) : site(desk, pages, session, asked));
    } catch (error) {
      return answerResponse(500, failed(error, log));
    }
  };
}
