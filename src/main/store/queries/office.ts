import type { Office, Person } from '../../../shared/domain/people.ts';
import type { SigningServices } from '../../../shared/ipc/settings.ts';
import { all, one, type Tables } from '../sql.ts';

export interface AxisSettings {
  readonly url: string;
  readonly systemId: string;
  readonly allowHttp: boolean;
  readonly intervalMinutes: number;
}

function setting(tables: Tables, subject: string): unknown {
  const row = one<{ value: string }>(tables, 'SELECT value FROM settings WHERE subject = ?', [subject]);
  return row && JSON.parse(row.value);
}

/** What the office is; null before anybody has entered it. */
export function officeOf(tables: Tables): Office | null {
  return (setting(tables, 'office') as Office | undefined) ?? null;
}

/** How the axis is reached; null before anybody has entered it. */
export function axisSettings(tables: Tables): AxisSettings | null {
  return (setting(tables, 'axis') as AxisSettings | undefined) ?? null;
}

/** Before anybody has decided nobody is asked anything. */
const defaultServices: SigningServices = {
  tsaUrl: '',
  timestamps: false,
  revocation: false,
  timestampBeforeSending: false,
};

/** What may be asked over the network; nothing before anybody has decided. */
export function signingServices(tables: Tables): SigningServices {
  return (setting(tables, 'signing') as SigningServices | undefined) ?? defaultServices;
}

/** Whether somebody has decided what may be asked over the network. */
export const areServicesDecided = (tables: Tables): boolean => setting(tables, 'signing') !== undefined;

/** Certificates, by SHA-256, of which a person has said whose they are. */
export function signerKinds(tables: Tables): { fingerprint: string; kind: 'personal' | 'agency' }[] {
  return all(tables, 'SELECT fingerprint, kind FROM signer_kinds ORDER BY fingerprint');
}

type RawPerson = Omit<Person, 'active'> & { active: 0 | 1 };
const columns = 'id, name, role, title, unit, active';
const person = (row: RawPerson): Person => ({ ...row, active: row.active === 1 });

/** Everybody of the office in the order entered, those who have left too. */
export function people(tables: Tables): Person[] {
  return all<RawPerson>(tables, `SELECT ${columns} FROM people ORDER BY seq`).map(person);
}

/** A person of the office; undefined when the id names none. */
export function personById(tables: Tables, id: string): Person | undefined {
  const row = one<RawPerson>(tables, `SELECT ${columns} FROM people WHERE id = ?`, [id]);
  return row && person(row);
}

/** The name of a person of the office; where the journal names somebody else, what it calls them. */
export function personName(tables: Tables, id: string): string {
  return personById(tables, id)?.name ?? id;
}

/** The accepted drivers with the SHA-256 each had then. */
export function modules(tables: Tables): { path: string; sha256: string }[] {
  return all(tables, 'SELECT path, sha256 FROM modules ORDER BY path');
}

/** The key files of the office, by hash. */
export function pkcs12Files(tables: Tables): { file: string; name: string }[] {
  return all(tables, 'SELECT file, name FROM pkcs12 ORDER BY name, file');
}

/** Hashes of the certificates that were learned from a key file when it was added. */
export function pkcs12Certificates(tables: Tables, pkcs12File: string): string[] {
  return all<{ file: string }>(
    tables,
    'SELECT file FROM pkcs12_certificates WHERE pkcs12_file = ? ORDER BY file',
    [pkcs12File],
  ).map(({ file }) => file);
}

/** Hashes of the certificates that a token, by its id, showed when its PIN was last entered for that. */
export function tokenCertificates(tables: Tables, token: string): string[] {
  return all<{ file: string }>(tables, 'SELECT file FROM token_certificates WHERE token = ? ORDER BY file', [
    token,
  ]).map(({ file }) => file);
}

/** The authorities that the office trusts besides those shipped. */
export function importedRoots(
  tables: Tables,
): { sha256: string; subject: string; notAfter: number; file: string }[] {
  return all(tables, 'SELECT sha256, subject, not_after, file FROM roots ORDER BY subject, sha256');
}

/** Files with the certificates of authorities trusted by their fingerprint, as far as this office has met them. */
export function metAuthorities(tables: Tables): string[] {
  return all<{ file: string }>(tables, 'SELECT file FROM met_authorities ORDER BY file').map(
    ({ file }) => file,
  );
}

/** Hash of the image of a person's handwriting, or of the office's seal under `seal`. */
export function images(tables: Tables): { owner: string; file: string }[] {
  return all(tables, 'SELECT owner, file FROM images ORDER BY owner');
}
