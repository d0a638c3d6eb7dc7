/** The doors between processes: whatever is sent, it is let in as agreed or refused by name. */
import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/main/browser/body.ts';
import { openGate } from '../../src/main/browser/gate.ts';
import { operations, replySchema, requestSchema } from '../../src/main/token/protocol.ts';
import { DeskError } from '../../src/shared/errors/index.ts';

/** The same values in every run. */
const seed = { seed: 20_261_126, endOnFailure: true };

describe('the gate of the browser host', () => {
  const origin = 'http://127.0.0.1:8123';
  const text = fc.oneof(
    fc.constantFrom(
      '',
      origin,
      '127.0.0.1:8123',
      'localhost:8123',
      'http://evil.example',
      'null',
      'desk-8123=x',
    ),
    fc.string(),
  );
  const headers = fc.record(
    {
      host: fc.oneof(fc.constant('127.0.0.1:8123'), text),
      origin: text,
      cookie: text,
      'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site', 'none', 'same-site'),
    },
    { requiredKeys: [] },
  );
  const knocks = fc.record({
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'),
    target: fc.oneof(fc.constantFrom('/', '/start/', '/start/x', '/call'), fc.webPath()),
    headers,
  });

  it('lets nobody in who has not its cookie', () => {
    const gate = openGate(origin);
    gate.startUrl();
    fc.assert(
      fc.property(knocks, (knock) => {
        expect(gate.admit(knock).kind).toBe('refused');
      }),
      { ...seed, numRuns: 2000 },
    );
  });

  it('opens once for its address, and then only to its own page', () => {
    fc.assert(
      fc.property(knocks, (knock) => {
        const gate = openGate(origin);
        const target = new URL(gate.startUrl()).pathname;
        const enter = { method: 'GET', target, headers: { host: '127.0.0.1:8123' } };
        const started = gate.admit(enter);
        expect([started.kind, gate.admit(enter).kind]).toEqual(['started', 'refused']);
        const cookie = started.kind === 'started' ? started.cookie.split(';')[0] : '';
        const answer = gate.admit({ ...knock, headers: { ...knock.headers, cookie } });
        const { host, origin: from, 'sec-fetch-site': site } = knock.headers;
        const isRead = knock.method === 'GET' || knock.method === 'HEAD';
        const isOurs =
          host === '127.0.0.1:8123' &&
          (from === undefined ? isRead : from === origin) &&
          site !== 'cross-site' &&
          site !== 'same-site';
        const isStart = knock.method === 'GET' && /^\/start\/[\w-]+$/.test(knock.target);
        expect(answer.kind).toBe(isOurs && !isStart ? 'admitted' : 'refused');
      }),
      { ...seed, numRuns: 500 },
    );
  });
});

describe('a body that should be JSON', () => {
  it('is read as it was written, or refused by name', async () => {
    const bodies = fc.oneof(
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
      fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const request = Object.assign(Readable.from([body]), { headers: {} }) as unknown as IncomingMessage;
        try {
          expect(await readJson(request)).toEqual(JSON.parse(body.toString('utf8')));
        } catch (error) {
          expect(error).toBeInstanceOf(DeskError);
          expect((error as DeskError).code).toBe('host.bad-request');
        }
      }),
      { ...seed, numRuns: 500 },
    );
  });
});

describe('messages of the token process', () => {
  it('are taken or refused, and never let anything through that is not agreed', () => {
    const messages = fc.oneof(
      fc.anything(),
      fc.record({
        id: fc.oneof(fc.integer(), fc.anything()),
        op: fc.oneof(fc.constantFrom(...Object.keys(operations), '__proto__', 'constructor'), fc.string()),
        args: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(messages, (message) => {
        const request = requestSchema.safeParse(message);
        if (request.success) {
          expect(Object.hasOwn(operations, request.data.op)).toBe(true);
          operations[request.data.op].args.safeParse(request.data.args);
        }
        replySchema.safeParse(message);
      }),
      { ...seed, numRuns: 3000 },
    );
  });
});
