/** A path as somebody hands it over, and looking for one: what no case of the public suite asks. */
import { beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../../tests/pki/ca.ts';
import type { CertificateSpec, Identity } from '../../../tests/pki/ca.ts';
import { boolean, octetString, sequence } from '../asn1/der-write.ts';
import { oids } from '../asn1/oids.ts';
import { isSignedBy, validatePath } from './path.ts';
import { findPath } from './path-build.ts';
import { readCertificate } from './certificate.ts';

const NOW = Date.now();
const make = (issuer: Identity | null, cn: string, more: Partial<CertificateSpec> = {}) =>
  issue(issuer, { profile: issuer ? 'ca' : 'root', subject: [['CN', cn]], keyType: 'p-256', ...more });
const read = (...identities: Identity[]) => identities.map(({ certificate }) => readCertificate(certificate));

let root: Identity;
beforeAll(async () => {
  root = await make(null, 'Gốc');
});

describe('a path as it is handed over', () => {
  it('has each certificate issued by the one above, by name and by key', async () => {
    const [leaf, anchor] = read(await make(root, 'Lá', { profile: 'signer' }), root);
    expect(validatePath([leaf!], anchor!, NOW)).toBeNull();
    const renamed = { ...anchor!, subject: leaf!.subject };
    expect(validatePath([leaf!], renamed, NOW)?.fault).toBe('wrong-issuer');
    const [namesake] = read(await make(null, 'Gốc'));
    expect(validatePath([leaf!], namesake!, NOW)?.fault).toBe('bad-signature');
    expect([isSignedBy(leaf!, anchor!), isSignedBy(leaf!, namesake!)]).toEqual([true, false]);
  });

  it.each<[string, Partial<CertificateSpec>, string | null]>([
    ['an authority', {}, null],
    ['one that leaves its use open', { extensions: { [oids.keyUsage]: null } }, null],
    [
      'one that may only sign lists',
      { extensions: { [oids.keyUsage]: Uint8Array.of(3, 2, 1, 2) } },
      'no-cert-sign',
    ],
    ['one that says it is none', { extensions: { [oids.basicConstraints]: sequence() } }, 'not-a-ca'],
    ['one that does not say', { extensions: { [oids.basicConstraints]: null } }, 'not-a-ca'],
    [
      'one with something critical that nobody knows',
      { extensions: { '2.999.1': octetString(new Uint8Array()) }, critical: ['2.999.1'] },
      'unknown-critical',
    ],
  ])('has between its ends %s', async (_, more, fault) => {
    const middle = await make(root, 'Giữa', more);
    const path = read(await make(middle, 'Lá', { profile: 'signer' }), middle);
    expect(validatePath(path, read(root)[0]!, NOW)?.fault ?? null).toBe(fault);
  });

  it('has no authority of an old version', async () => {
    const middle = await make(root, 'Giữa');
    const [leaf, above] = read(await make(middle, 'Lá', { profile: 'signer' }), middle);
    expect(validatePath([leaf!, { ...above!, version: 1 }], read(root)[0]!, NOW)?.fault).toBe('not-a-ca');
  });
});

describe('looking for a path', () => {
  it('an anchor has none to itself, and each certificate stands in it once', async () => {
    const [anchor] = read(root);
    expect(findPath(anchor!, [], [anchor!], NOW)).toMatchObject({ ok: false, problem: { fault: 'no-path' } });
    const [one, two] = [await make(null, 'Một'), await make(null, 'Hai')];
    const crossed = read(
      await make(one, 'Hai', { extensions: {} }),
      await make(two, 'Một', { extensions: {} }),
    );
    expect(findPath(crossed[0]!, [...crossed, ...read(one, two)], [anchor!], NOW).ok).toBe(false);
  });

  it('goes no further than ten certificates', async () => {
    const open = { extensions: { [oids.basicConstraints]: sequence(boolean(true)) } };
    const path = [root];
    for (let n = 0; n < 11; n++) path.unshift(await make(path[0]!, `CA ${n}`, open));
    const all = read(...path);
    const between = all.slice(0, -1);
    const isFound = (from: number) => findPath(all[from]!, between, [all.at(-1)!], NOW).ok;
    expect([isFound(1), isFound(0)]).toEqual([true, false]);
  });
});
