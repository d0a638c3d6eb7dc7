import { describe, expect, it } from 'vitest';
import { name } from '../../../tests/pki/ca.ts';
import type { Subject } from '../../../tests/pki/ca.ts';
import { readDer } from '../asn1/der.ts';
import { namesAllowed } from './name-constraints.ts';
import { readName } from './names.ts';
import type { GeneralName } from './names.ts';
import type { Certificate } from './certificate.ts';

const directory = (...parts: Subject): GeneralName => ({
  kind: 'directory',
  value: readName(readDer(name(parts))),
});
const dns = (value: string): GeneralName => ({ kind: 'dns', value });
const email = (value: string): GeneralName => ({ kind: 'email', value });
const uri = (value: string): GeneralName => ({ kind: 'uri', value });
const ip = (...octets: number[]): GeneralName => ({ kind: 'ip', value: Uint8Array.from(octets) });
const other = (tag: number): GeneralName => ({ kind: 'other', tag });

/** A certificate of nobody, with these alternative names; or of this subject. */
const holder = (subjectAltNames: GeneralName[], subject: Subject = []): Certificate =>
  ({ subject: readName(readDer(name(subject))), extensions: { subjectAltNames } }) as unknown as Certificate;

describe('name constraints (RFC 5280, 4.2.1.10)', () => {
  it.each<[string, GeneralName, GeneralName, boolean]>([
    ['a host', dns('a.vn'), dns('a.vn'), true],
    ['a host in other letters', dns('A.vn'), dns('a.VN'), true],
    ['a host below', dns('x.a.vn'), dns('a.vn'), true],
    ['a host below, with a dot', dns('x.a.vn'), dns('.a.vn'), true],
    ['a host that ends alike', dns('xa.vn'), dns('a.vn'), false],
    ['any host', dns('b.vn'), dns(''), true],
    ['a mailbox', email('ai@a.vn'), email('ai@a.vn'), true],
    ['a mailbox, its host in other letters', email('ai@A.vn'), email('ai@a.vn'), true],
    ['another mailbox', email('do@a.vn'), email('ai@a.vn'), false],
    ['a mailbox in other letters', email('AI@a.vn'), email('ai@a.vn'), false],
    ['the mailbox at another host', email('ai@b.vn'), email('ai@a.vn'), false],
    ['mail at a host', email('ai@a.vn'), email('a.vn'), true],
    ['mail at a host below', email('ai@x.a.vn'), email('a.vn'), false],
    ['mail in a domain', email('ai@x.a.vn'), email('.a.vn'), true],
    ['mail at the domain itself', email('ai@a.vn'), email('.a.vn'), false],
    ['an address', uri('http://a.vn/x'), uri('a.vn'), true],
    ['an address with a name and a port', uri('https://ai@a.vn:8080/x'), uri('a.vn'), true],
    ['an address below', uri('http://x.a.vn'), uri('a.vn'), false],
    ['an address in a domain', uri('http://x.a.vn'), uri('.a.vn'), true],
    ['an address by numbers', uri('http://10.0.0.1/'), uri('10.0.0.1'), false],
    ['an address by numbers in brackets', uri('http://[fe80::1]/'), uri('[fe80'), false],
    ['an address without a host', uri('urn:x'), uri('x'), false],
    ['a number', ip(10, 0, 0, 7), ip(10, 0, 0, 0, 255, 255, 255, 0), true],
    ['a number elsewhere', ip(10, 0, 1, 7), ip(10, 0, 0, 0, 255, 255, 255, 0), false],
    ['a number elsewhere at its start', ip(11, 0, 0, 7), ip(10, 0, 0, 0, 255, 255, 255, 0), false],
    ['a number of another length', ip(10, 0, 0, 7), ip(10, 0, 0, 0), false],
    ['a name below', directory(['O', 'A'], ['CN', 'B']), directory(['O', 'a']), true],
    ['a name above', directory(['O', 'A']), directory(['O', 'A'], ['CN', 'B']), false],
    ['another name', directory(['O', 'B']), directory(['O', 'A']), false],
  ])('%s', (_, given, base, isWithin) => {
    const certificate = holder([given]);
    expect(namesAllowed(certificate, [{ permitted: [base], excluded: [] }])).toBe(isWithin);
    // What cannot be compared is refused either way.
    const isUnknown = given.kind === 'uri' && /urn:|\/\/[[\d]/.test(given.value);
    expect(namesAllowed(certificate, [{ permitted: [], excluded: [base] }])).toBe(!isWithin && !isUnknown);
  });

  it('bind names of their own kind only, and one of several is enough', () => {
    const certificate = holder([dns('a.vn'), ip(10, 0, 0, 7)]);
    const bound = (...permitted: GeneralName[]) => namesAllowed(certificate, [{ permitted, excluded: [] }]);
    expect([bound(dns('b.vn'), dns('a.vn')), bound(dns('b.vn')), bound(email('b.vn')), bound()]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('bind every name, at every level', () => {
    const certificate = holder([dns('a.vn'), dns('b.vn')]);
    const [a, b] = ['a.vn', 'b.vn'].map((host) => ({ permitted: [dns(host)], excluded: [] }));
    expect(namesAllowed(certificate, [a!])).toBe(false);
    expect(namesAllowed(holder([dns('a.vn')]), [a!, b!])).toBe(false);
    expect(namesAllowed(certificate, [{ permitted: [], excluded: [dns('b.vn')] }])).toBe(false);
    expect(namesAllowed(certificate, [])).toBe(true);
  });

  it('of a kind nobody can compare let no name of that kind pass', () => {
    const certificate = holder([other(0xa0)]);
    expect(namesAllowed(certificate, [{ permitted: [other(0xa0)], excluded: [] }])).toBe(false);
    expect(namesAllowed(certificate, [{ permitted: [], excluded: [other(0xa0)] }])).toBe(false);
    expect(namesAllowed(certificate, [{ permitted: [other(0xa3)], excluded: [] }])).toBe(true);
    expect(namesAllowed(certificate, [{ permitted: [dns('a.vn')], excluded: [] }])).toBe(true);
  });

  it('bind mail in the subject where no alternative name holds any', () => {
    const limits = [{ permitted: [email('a.vn')], excluded: [] }];
    const subject: Subject = [['E', 'ai@b.vn']];
    expect(namesAllowed(holder([], subject), limits)).toBe(false);
    expect(namesAllowed(holder([email('ai@a.vn')], subject), limits)).toBe(true);
    expect(namesAllowed(holder([dns('a.vn')], subject), limits)).toBe(false);
  });

  it('are not compared without end', () => {
    const many = Array.from({ length: 500 }, (_, i) => dns(`${i}.vn`));
    expect(namesAllowed(holder(many), [{ permitted: [dns('vn')], excluded: [] }])).toBe(true);
    expect(namesAllowed(holder(many), [{ permitted: [...many, dns('vn')], excluded: [] }])).toBe(false);
  });
});
