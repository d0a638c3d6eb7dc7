/** The certificates of the sample offices, kept beside the sample data so that `--data DIR` finds them again. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Identity, keyFromPkcs8, pem } from '../pki/ca.ts';
import { type Authority, createAuthority, createOfficePki } from '../pki/office.ts';
import { DEPARTMENT, PRINCIPAL, SCHOOL } from './sample.ts';

export interface DemoPki {
  readonly root: Uint8Array;
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

async function makePki(): Promise<DemoPki> {
  const authority: Authority = await createAuthority();
  const [school, department] = await Promise.all([
    createOfficePki({
      authority,
      agency: SCHOOL.name,
      superior: DEPARTMENT.name,
      province: 'Ví Dụ',
      principal: PRINCIPAL.name,
    }),
    createOfficePki({
      authority,
      agency: DEPARTMENT.name,
      superior: DEPARTMENT.superior,
      province: 'Ví Dụ',
      principal: DEPARTMENT.director,
    }),
  ]);
  return {
    root: authority.root.certificate,
    principal: school.principal,
    school: school.agency,
    director: department.principal,
    department: department.agency,
  };
}

/** Reads the sample certificates of `dir`, or makes them there; `root.pem` is what a verifier has to trust. */
export async function openPki(dir: string): Promise<DemoPki> {
  const path = join(dir, 'pki.json');
  if (existsSync(path)) {
    const { root, ...identities } = JSON.parse(readFileSync(path, 'utf8')) as Record<
      Exclude<keyof DemoPki, 'root'>,
      StoredIdentity
    > & { root: string };
    return {
      root: bytes(root),
      principal: load(identities.principal),
      school: load(identities.school),
      director: load(identities.director),
      department: load(identities.department),
    };
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const pki = await makePki();
  const { root, ...identities } = pki;
  const stored = Object.fromEntries(
    Object.entries(identities).map(([name, identity]) => [name, store(identity)]),
  );
  writeFileSync(path, JSON.stringify({ root: base64(root), ...stored }), { mode: 0o600 });
  writeFileSync(join(dir, 'root.pem'), pem('CERTIFICATE', root));
  return pki;
}
