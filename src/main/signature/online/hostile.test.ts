import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DeskError } from '../../../shared/errors/index.ts';
import { DerError } from '../../asn1/der.ts';
import { readOcspResponse } from '../../x509/ocsp.ts';
import { readTimestampAnswer } from './tsa.ts';

describe('answers made to cost', () => {
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
    const cpu = process.cpuUsage();
    expect(() => readTimestampAnswer(bytes, asked)).toThrow(DeskError);
    expect(() => readOcspResponse(bytes)).toThrow(DerError);
    // A limit of the product on time of the processor: other tests may keep this one waiting.
    expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(2_000);
  });
});
