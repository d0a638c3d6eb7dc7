/** The certificates of the sample offices, kept beside the sample data so that `--data DIR` finds them again. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Identity, keyFromPkcs8, pem } from '../pki/ca.ts';
import { type Authority, authorityLinks, createAuthority, createOfficePki } from '../pki/office.ts';
import { DEPARTMENT, PRINCIPAL, SCHOOL } from './sample.ts';

export interface DemoPki {
  readonly root: Uint8Array;
  readonly authority: Authority;
  readonly principal: Identity;
  readonly school: Identity;
  readonly director: Identity;
  readonly department: Identity;
}

interface StoredIdentity {
  readonly certificate: string;
  readonly pkcs8: string;
  readonly chain: readonly string[];
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

const store = (identity: Identity): StoredIdentity => ({
  certificate: base64(identity.certificate),
  pkcs8: base64(identity.pkcs8),
  chain: identity.chain.map(base64),
});

const load = (stored: StoredIdentity): Identity => ({
  certificate: bytes(stored.certificate),
  pkcs8: bytes(stored.pkcs8),
  key: keyFromPkcs8(bytes(stored.pkcs8)),
  chain: stored.chain.map(bytes),
});

async function makePki(base: string | undefined): Promise<DemoPki> {
  const authority = await createAuthority(base);
  // Lists only, as the state's own certificates: one list answers for everybody, also later without a network.
  const links = base === undefined ? {} : { crlUrl: authorityLinks(base).crlUrl };
  const [school, department] = await Promise.all([
    createOfficePki({
      authority,
      ...links,
      agency: SCHOOL.name,
      superior: DEPARTMENT.name,
      province: 'Ví Dụ',
      principal: PRINCIPAL.name,
    }),
    createOfficePki({
      authority,
      ...links,
      agency: DEPARTMENT.name,
      superior: DEPARTMENT.superior,
      province: 'Ví Dụ',
      principal: DEPARTMENT.director,
    }),
  ]);
  return {
    root: authority.root.certificate,
    authority,
    principal: school.principal,
    school: school.agency,
    director: department.principal,
    department: department.agency,
  };
}

const pkiFile = (dir: string) => join(dir, 'pki.json');

interface Stored {
  /** Where the authority says that it answers. */
  readonly base?: string;
  readonly identities: Readonly<Record<string, StoredIdentity>>;
}

const read = (dir: string): Stored | null =>
  existsSync(pkiFile(dir)) ? (JSON.parse(readFileSync(pkiFile(dir), 'utf8')) as Stored) : null;

/** The port that the certificates of `dir` name; 0 when there are none yet. */
export function portOf(dir: string): number {
  const base = read(dir)?.base;
  return base === undefined ? 0 : Number(new URL(base).port);
}

/** Forgets the certificates of `dir`: the next to open it makes new ones. */
export const discardPki = (dir: string): void => rmSync(pkiFile(dir));

/**
 * Reads the sample certificates of `dir`, or makes them there; `root.pem` is what a verifier has to trust.
 * @param base where the authority of new certificates answers; without it nobody can ask about revocation
 */
export async function openPki(dir: string, base?: string): Promise<DemoPki> {
  const stored = read(dir);
  if (stored) return fromIdentities((name) => load(stored.identities[name]!));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const pki = await makePki(base);
  const { root, authority, ...people } = pki;
  const identities = Object.fromEntries(
    Object.entries({ ...authority, ...people }).map(([name, identity]) => [name, store(identity)]),
  );
  const kept: Stored = { ...(base !== undefined && { base }), identities };
  writeFileSync(pkiFile(dir), JSON.stringify(kept), { mode: 0o600 });
  writeFileSync(join(dir, 'root.pem'), pem('CERTIFICATE', root));
  return pki;
}

function fromIdentities(
  get: (name: keyof Authority | Exclude<keyof DemoPki, 'root' | 'authority'>) => Identity,
): DemoPki {
  const authority = { root: get('root'), issuing: get('issuing'), tsa: get('tsa'), ocsp: get('ocsp') };
  return {
    root: authority.root.certificate,
    authority,
    principal: get('principal'),
    school: get('school'),
    director: get('director'),
    department: get('department'),
  };
}
