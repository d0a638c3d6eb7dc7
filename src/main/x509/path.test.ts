/** Path validation where PKITS does not look: limits that the anchor itself sets (RFC 5937), addresses in constraints. */
import { beforeAll, describe, expect, it } from 'vitest';
import { issue, name } from '../../../tests/pki/ca.ts';
import type { CertificateSpec, Identity } from '../../../tests/pki/ca.ts';
import { boolean, context, contextOctets, integer, sequence } from '../asn1/der-write.ts';
import { oids } from '../asn1/oids.ts';
import { validatePath } from './path.ts';
import { readCertificate } from './certificate.ts';

const root = (extensions: CertificateSpec['extensions'] = {}): Promise<Identity> =>
  issue(null, { profile: 'root', subject: [['CN', 'Gốc Ví Dụ']], extensions });
const ca = (issuer: Identity, extensions: CertificateSpec['extensions'] = {}): Promise<Identity> =>
  issue(issuer, { profile: 'ca', subject: [['CN', 'CA Ví Dụ']], extensions });
const leaf = (
  issuer: Identity,
  subject: CertificateSpec['subject'] = [['CN', 'Ai Đó']],
  extensions: CertificateSpec['extensions'] = {},
): Promise<Identity> => issue(issuer, { profile: 'signer', subject, extensions });

/** What is wrong with the path from the first up to, but without, the last. */
function faultOf(...identities: readonly Identity[]): string | null {
  const path = identities.map(({ certificate }) => readCertificate(certificate));
  const anchor = path.pop()!;
  return validatePath(path, anchor, Date.now())?.fault ?? null;
}

const permitted = (...bases: Uint8Array[]): Record<string, Uint8Array> => ({
  [oids.nameConstraints]: sequence(context(0, ...bases.map((base) => sequence(base)))),
});
const excluded = (...bases: Uint8Array[]): Record<string, Uint8Array> => ({
  [oids.nameConstraints]: sequence(context(1, ...bases.map((base) => sequence(base)))),
});
const directory = (organisation: string): Uint8Array => context(4, name([['O', organisation]]));
const network = (...octets: number[]): Uint8Array => contextOctets(7, Uint8Array.from(octets));

describe('limits of the anchor itself', () => {
  it('how many authorities may stand below it', async () => {
    const closed = await root({ [oids.basicConstraints]: sequence(boolean(true), integer(0)) });
    const below = await ca(closed);
    expect(faultOf(await leaf(closed), closed)).toBeNull();
    expect(faultOf(await leaf(below), below, closed)).toBe('path-too-long');
  });

  it('whose names it may be the root of', async () => {
    const school = await root(permitted(directory('Trường Ví Dụ')));
    const inside = await leaf(school, [
      ['O', 'Trường Ví Dụ'],
      ['CN', 'Ai Đó'],
    ]);
    expect(faultOf(inside, school)).toBeNull();
    expect(faultOf(await leaf(school, [['O', 'Trường Khác']]), school)).toBe('name-constraints');
  });
});

describe('addresses in name constraints', () => {
  let anchor: Identity;
  beforeAll(async () => {
    anchor = await root();
  });
  const at = (...octets: number[]) => ({ [oids.subjectAltName]: sequence(network(...octets)) });
  const judge = async (constraints: Record<string, Uint8Array>, address: Record<string, Uint8Array>) => {
    const between = await ca(anchor, constraints);
    return faultOf(await leaf(between, [['CN', 'máy']], address), between, anchor);
  };
  const inner = network(10, 1, 0, 0, 255, 255, 0, 0);

  it.each([
    ['within what is permitted', permitted(inner), at(10, 1, 2, 3), null],
    ['outside', permitted(inner), at(10, 2, 2, 3), 'name-constraints'],
    ['of the other family', permitted(inner), at(...Array(16).fill(1)), 'name-constraints'],
    ['within what is excluded', excluded(inner), at(10, 1, 2, 3), 'name-constraints'],
    ['outside what is excluded', excluded(inner), at(10, 2, 2, 3), null],
    ['none, of which nothing is said', permitted(inner), {}, null],
  ] as const)('%s', async (_, constraints, address, fault) => {
    expect(await judge(constraints, address)).toBe(fault);
  });
});
