/**
 * NIST PKITS, the public test suite for RFC 5280 path validation. Its data lies beside the project, not in it:
 * `../shared/data/pkits`. Where it is absent the one test left says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCrl } from './crl.ts';
import { DerError } from '../asn1/der.ts';
import { findPath, pathRevocation } from './path-build.ts';
import { readCertificate } from './certificate.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/pkits/', import.meta.url));
const isHere = existsSync(`${folder}pkits.json`);

const caseSchema = z.object({
  id: z.string(),
  name: z.string(),
  cert: z.string(),
  other_certs: z.array(z.string()).default([]),
  crls: z.array(z.string()).default([]),
  revocation: z.boolean().default(true),
  error: z.object({}).optional(),
  params: z
    .object({
      user_initial_policy_set: z.array(z.string()).optional(),
      initial_explicit_policy: z.boolean().optional(),
      initial_policy_mapping_inhibit: z.boolean().optional(),
      initial_any_policy_inhibit: z.boolean().optional(),
    })
    .default({}),
});
type Case = z.infer<typeof caseSchema>;

const certificate = (file: string) => readCertificate(readFileSync(`${folder}certs/${file}`));
const crl = (file: string) => readCrl(readFileSync(`${folder}crls/${file}`));
/** All certificates and lists of the suite are current then. */
const AT = Date.UTC(2020, 0, 1);

/** What the suite asks: is there a valid path, and is every certificate of it known not to be revoked? */
function isAccepted({ cert, other_certs, crls, revocation, params }: Case): boolean {
  try {
    const anchor = certificate('TrustAnchorRootCertificate.crt');
    const pool = other_certs.map(certificate);
    const result = findPath(certificate(cert), pool, [anchor], AT, {
      ...(params.user_initial_policy_set && { userPolicies: params.user_initial_policy_set }),
      explicitPolicy: params.initial_explicit_policy ?? false,
      inhibitMapping: params.initial_policy_mapping_inhibit ?? false,
      inhibitAny: params.initial_any_policy_inhibit ?? false,
    });
    if (!result.ok || !revocation) return result.ok;
    const lists = ['TrustAnchorRootCRL.crl', ...crls].map(crl);
    return pathRevocation(result, { crls: lists, pool, at: AT, now: AT }).every(
      ({ status }) => status === 'good',
    );
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

it(isHere ? 'the PKITS data is here' : 'the PKITS data is not here: its 246 cases were not run', () => {
  const files = isHere ? readdirSync(`${folder}certs`).filter((file) => file.endsWith('.crt')) : [];
  expect(files).toHaveLength(isHere ? 405 : 0);
});

describe.runIf(isHere)('PKITS', () => {
  const cases = isHere
    ? z.array(caseSchema).parse(JSON.parse(readFileSync(`${folder}pkits.json`, 'utf8')))
    : [];

  it('has 246 cases, 136 of them to be refused', () => {
    expect([cases.length, cases.filter(({ error }) => error).length]).toEqual([246, 136]);
  });

  /** Their chains are judged "unsupported": Electron's cryptography does not verify DSA. */
  const DSA = ['40104', '40105'];

  it.each(cases.filter(({ id }) => DSA.includes(id)).map((test) => [test.id, test.name, test] as const))(
    '%s %s, which is said not to be supported',
    (_id, _name, { cert, other_certs }) => {
      const anchor = certificate('TrustAnchorRootCertificate.crt');
      expect(findPath(certificate(cert), other_certs.map(certificate), [anchor], AT)).toMatchObject({
        problem: { fault: 'unsupported-algorithm', algorithm: 'DSA with SHA-1' },
      });
    },
  );

  const others = cases.filter(({ id }) => !DSA.includes(id));
  it.each(others.map((test) => [test.id, test.name, test] as const))('%s %s', (_id, _name, test) => {
    expect(isAccepted(test)).toBe(test.error === undefined);
  });
});
