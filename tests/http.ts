import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request by Node's own client: under Wine `fetch` does not connect. @returns the answer, its body still to come */
export async function ask(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<IncomingMessage> {
  const sent = request(url, { method, headers }).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}

/** The same, with the body of the answer. */
export async function askText(...args: Parameters<typeof ask>): Promise<string> {
  return text(await ask(...args));
}
