import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { normaliseBer } from './ber.ts';
import {
  children,
  DerError,
  fields,
  hasBit,
  readBitString,
  readBoolean,
  readDer,
  readDerAt,
  readInteger,
  readOid,
  readText,
  readTime,
  tag,
} from './der.ts';
import * as write from './der-write.ts';
import { needs } from '../../../tests/needs.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('reading', () => {
  it.each([
    ['ends inside the length', '30'],
    ['runs past the end', '3005020101'],
    ['indefinite length', '30800000'],
    ['length not minimal', '308103020101'],
    ['length with leading zero', '30820003020101'],
    ['length of 5 octets', '30850000000003020101'],
    ['high tag number', '1f8101'],
    ['bytes behind', '020101 00'],
  ])('refuses a value that %s', (_, bytes) => {
    expect(() => readDer(hex(bytes))).toThrow(DerError);
  });

  it.each([
    ['INTEGER not minimal', () => readInteger(readDer(hex('02020001')))],
    ['BOOLEAN other than FF', () => readBoolean(readDer(hex('010101')))],
    ['OID with a padded arc', () => readOid(readDer(hex('06032a8001')))],
    ['OID that ends early', () => readOid(readDer(hex('06022a86')))],
    ['BIT STRING with stray bits', () => readBitString(readDer(hex('030204ff')))],
    ['31 February', () => readTime(readDer(Buffer.from('170d3236303233313030303030305a', 'hex')))],
    ['time without Z', () => readTime(readDer(Buffer.concat([hex('170c'), Buffer.from('260101000000')])))],
    ['bad UTF-8', () => readText(readDer(hex('0c01ff')))],
    ['a child past its parent', () => children(readDer(hex('3003020501')))],
  ])('refuses %s', (_, read) => {
    expect(read).toThrow(DerError);
  });

  it('takes fields in order', () => {
    const list = fields(readDer(write.sequence(write.integer(1), write.context(0, write.nullValue()))));
    expect(readInteger(list.next(tag.integer))).toBe(1n);
    expect(list.optional(tag.boolean)).toBeUndefined();
    expect(() => list.end()).toThrow('unexpected field');
    expect(list.rest()).toHaveLength(1);
    expect(() => list.next()).toThrow('field missing');
  });

  it('reads many children, and nesting only as asked', () => {
    const many = write.sequence(Buffer.alloc(200_000).fill(hex('0500')));
    expect(children(readDer(many))).toHaveLength(100_000);
    expect(() => readDerAt(hex('30'.repeat(10)))).toThrow(DerError);
  });
});

describe('writing', () => {
  it.each([0n, 1n, 127n, 128n, -1n, -128n, -129n, 2n ** 64n, -(2n ** 63n)])(
    'integer %s comes back',
    (value) => {
      expect(readInteger(readDer(write.integer(value)))).toBe(value);
    },
  );

  it('writes magnitudes as positive integers', () => {
    expect(toHex(write.integer(hex('0000ff')))).toBe('020200ff');
    expect(toHex(write.integer(new Uint8Array()))).toBe('020100');
  });

  it.each([
    '1.2.840.113549.1.7.2',
    '2.5.29.15',
    '2.999.3',
    '2.25.329800735698586629295641978511506172918',
    '0.9.2342',
  ])('object identifier %s comes back', (dotted) => expect(readOid(readDer(write.oid(dotted)))).toBe(dotted));

  it('changes from UTCTime to GeneralizedTime at 2050', () => {
    const last = Date.UTC(2049, 11, 31, 23, 59, 59);
    expect(readDer(write.time(last)).tag).toBe(tag.utcTime);
    expect(readDer(write.time(last + 1000)).tag).toBe(tag.generalizedTime);
    for (const ms of [last, last + 1000, 0, Date.UTC(1950, 0, 1)])
      expect(readTime(readDer(write.time(ms)))).toBe(ms);
  });

  it('sorts SET OF and drops trailing zero bits', () => {
    expect(toHex(write.setOf(write.integer(5), write.integer(2)))).toBe('3106020102020105');
    const usage = readBitString(readDer(write.bitList(0, 1)));
    expect([usage.unused, hasBit(usage, 0), hasBit(usage, 1), hasBit(usage, 5)]).toEqual([
      6,
      true,
      true,
      false,
    ]);
  });

  needs('openssl')('openssl reads what we write', () => {
    const value = write.sequence(
      write.oid('2.5.4.3'),
      write.utf8String('Trường Tiểu học Ví Dụ'),
      write.octetString(new Uint8Array(300)),
      write.integer(hex('ff00')),
      write.printableString('VN'),
      write.time(Date.UTC(2026, 10, 20)),
      write.boolean(true),
    );
    const listing = execFileSync('openssl', ['asn1parse', '-inform', 'DER'], { input: value }).toString();
    for (const part of ['commonName', 'Trường Tiểu học Ví Dụ', ':FF00', ':VN', ':261120000000Z', ':255'])
      expect(listing).toContain(part);
  });

  it('refuses letters a PrintableString cannot hold', () => {
    expect(() => write.printableString('Đ')).toThrow(DerError);
  });
});

describe('BER', () => {
  it('becomes DER', () => {
    const ber = hex('3080 2480 0402aabb 0401cc 0000 a003020107 0000 ffff');
    const { der, length } = normaliseBer(ber);
    expect(toHex(der)).toBe('300a0403aabbcca003020107');
    expect(length).toBe(ber.length - 2);
  });

  it('leaves DER as it is', () => {
    const der = write.sequence(write.integer(1), write.setOf(write.nullValue()));
    expect(toHex(normaliseBer(der).der)).toBe(toHex(der));
  });

  it.each([
    ['depth', '3080'.repeat(60)],
    ['missing end', '3080020101'],
    ['primitive of indefinite length', '04800000'],
  ])('refuses %s', (_, bytes) => {
    expect(() => normaliseBer(hex(bytes))).toThrow(DerError);
  });
});
