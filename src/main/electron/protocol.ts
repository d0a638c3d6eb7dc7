import type { HostedDesk, HostLog, WindowSession } from '../host/desk-port.ts';
import { failed, refusal } from '../host/refusal.ts';
import { answerResponse, site } from '../host/site.ts';
import { isOurPage } from './origin.ts';

/** Answers `app://desk/…`: the page, and stored files with byte ranges. */
export function appProtocol(desk: HostedDesk, pages: string, session: WindowSession, log: HostLog) {
  return async (request: Pick<Request, 'method' | 'url' | 'headers'>): Promise<Response> => {
    if (!isOurPage(request.url)) return answerResponse(404, refusal('host.not-found', { what: 'page' }));
    const { method, url, headers } = request;
    try {
      return await site(desk, pages, session, { method, url: new URL(url), range: headers.get('range') });
    } catch (error) {
      return answerResponse(500, failed(error, log));
    }
  };
}
