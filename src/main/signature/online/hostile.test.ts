import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../../../tests/pki/ca.ts';
import type { Identity } from '../../../../tests/pki/ca.ts';
import { createAuthority } from '../../../../tests/pki/office.ts';
import type { Authority } from '../../../../tests/pki/office.ts';
import { ocspAnswer } from '../../../../tests/pki/services/ocsp.ts';
import { timestampAnswer } from '../../../../tests/pki/services/tsa.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { DerError } from '../der.ts';
import { readCertificate } from '../x509.ts';
import { answerFor, authorisedResponder, readOcspResponse } from './ocsp.ts';
import { ocspRequest } from './revocation.ts';
import { readTimestampAnswer, timestampRequest } from './tsa.ts';

let authority: Authority;
let signer: Identity;
beforeAll(async () => {
  authority = await createAuthority();
  signer = await issue(authority.issuing, { profile: 'signer', subject: [['CN', 'Ví Dụ']] });
});

/** Repeatable: mulberry32. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One to three bytes changed, put in, taken out, or the rest cut off. */
function damaged(bytes: Uint8Array, pick: (below: number) => number): Buffer {
  let copy = Buffer.from(bytes);
  for (let n = 1 + pick(3); n > 0; n--) {
    const place = pick(copy.length);
    const act = pick(8);
    if (act === 0) copy = Buffer.concat([copy.subarray(0, place), copy.subarray(place + 1 + pick(4))]);
    else if (act === 1)
      copy = Buffer.concat([
        copy.subarray(0, place),
        Buffer.alloc(1 + pick(4), pick(256)),
        copy.subarray(place),
      ]);
    else if (act === 2) copy = copy.subarray(0, Math.max(8, place));
    else copy[place] = act === 3 ? 0x80 : act === 4 ? 0xff : pick(256);
  }
  return copy;
}

const ROUNDS = 4000;

describe('damaged answers of services', () => {
  it('a timestamp is refused by name, or is the very one that was asked for', () => {
    const digest = createHash('sha256').update('x').digest();
    const nonce = Buffer.from('4011223344556677', 'hex');
    const good = timestampAnswer(timestampRequest(digest, nonce), {
      authority: authority.tsa,
      at: Date.now(),
    });
    const asked = { digest, nonce, host: 'tsa.example.vn' };
    const whole = readTimestampAnswer(good, asked);
    const pick = random(1);
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      try {
        expect(readTimestampAnswer(damaged(good, pick), asked).at).toBe(whole.at);
      } catch (error) {
        if (!(error instanceof DeskError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(ROUNDS / 2);
  });

  it('an OCSP answer is unreadable, or unsigned, or says what it said', () => {
    const certificate = readCertificate(signer.certificate);
    const issuer = readCertificate(authority.issuing.certificate);
    const good = ocspAnswer(ocspRequest(certificate, issuer, randomBytes(16)), {
      responder: authority.ocsp,
      stranger: authority.tsa,
      now: Date.now(),
      revokedAt: () => undefined,
    });
    const pick = random(2);
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      try {
        const response = readOcspResponse(damaged(good, pick));
        const isSigned = authorisedResponder(response, issuer) !== null;
        if (isSigned) expect(answerFor(response, certificate, issuer)?.status).toBe('good');
        else refused++;
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(ROUNDS / 2);
  });

  it.each([
    ['a thousand indefinite lengths inside each other', Buffer.alloc(2000, Buffer.from([0x30, 0x80]))],
    [
      'a hundred thousand empty values',
      Buffer.concat([Buffer.from('3083030d40', 'hex'), Buffer.alloc(200_000, Buffer.from([5, 0]))]),
    ],
    ['a length of four gigabytes', Buffer.from('3084ffffffff30', 'hex')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', (_, bytes) => {
    const asked = { digest: randomBytes(32), nonce: randomBytes(8), host: 'tsa.example.vn' };
    const started = performance.now();
    expect(() => readTimestampAnswer(bytes, asked)).toThrow(DeskError);
    expect(() => readOcspResponse(bytes)).toThrow(DerError);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
