import { describe, expect, it } from 'vitest';
import { hashFile, hashHeader, signedHeaders, vxpTimestamp } from './vxp-sign.ts';

const secret = 's3cr3t-for-test';
const credentials = { systemId: 'sys.test.01', secret };

describe('VXP signed headers (A 5.3)', () => {
  it.each([
    [
      '{"XroadVnpt-systemid":"sys.test.01","XroadVnpt-servicetype":"eDoc","XroadVnpt-messagetype":"edoc","XroadVnpt-timestamp":"20112026T101659+0520","XroadVnpt-Content-Type":"application/json"}',
      '881b1cd29b217ef812b1e4c38706e616b05e2e21596f851ba347ab9fdfb3fe75',
    ],
    [
      '{"XroadVnpt-systemid":"sys.test.01","XroadVnpt-docId":"8af226c8-7cde-4fbe-88fe-e15a768b49cb","XroadVnpt-timestamp":"20112026T101700+0027","XroadVnpt-Content-Type":"application/json","XroadVnpt-status":"done"}',
      '5c2181efe76cfc5a8ae812b363a51ba810246612ff262804bb4aecb441216413',
    ],
  ])('hash of a captured sign-header', (signHeader, hash) => {
    expect(hashHeader(secret, signHeader)).toBe(hash);
  });

  it('reproduces the captured call to the letter', () => {
    const headers = signedHeaders(
      credentials,
      [
        ['servicetype', 'eDoc'],
        ['messagetype', 'edoc'],
      ],
      'application/json',
      Date.parse('2026-11-20T10:16:59.520+07:00'),
    );
    expect(headers['XroadVnpt-sign-header-key']).toBe(
      'systemid;servicetype;messagetype;timestamp;Content-Type',
    );
    expect(headers['XroadVnpt-hash-header']).toBe(
      '881b1cd29b217ef812b1e4c38706e616b05e2e21596f851ba347ab9fdfb3fe75',
    );
    expect(headers['Content-Type']).toBe('application/json');
    expect(JSON.stringify(headers)).not.toContain(secret);
  });

  it('quotes a list of recipients as standard JSON does', () => {
    const headers = signedHeaders(credentials, [['to', '["A","B"]']], 'application/json', 0);
    expect(headers['XroadVnpt-sign-header']).toContain('"XroadVnpt-to":"[\\"A\\",\\"B\\"]"');
  });

  it('pads milliseconds to four digits, which is no zone', () => {
    expect(vxpTimestamp(Date.parse('2026-11-20T10:17:00.003+07:00'))).toBe('20112026T101700+0003');
  });

  it('prints a digest as the vendor does, bytes unpadded', () => {
    expect(hashFile(Buffer.from('abc'))).toBe(
      'ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad',
    );
  });

  it('refuses values that do not survive in a header, naming the header and not the value', () => {
    expect(() => signedHeaders({ systemId: 'hệ.thống', secret }, [], 'application/json', 0)).toThrow(
      expect.objectContaining({ code: 'axis.header-not-ascii', params: { header: 'systemid' } }),
    );
    expect(() => signedHeaders(credentials, [['docId', 'a\r\nb']], 'application/json', 0)).toThrow(
      expect.objectContaining({ code: 'axis.header-not-ascii' }),
    );
  });
});
