/** Name constraints (RFC 5280, 4.2.1.10 and 6.1.3 b, c). */
import type { NameConstraints } from './extensions.ts';
import { attributeValues, isWithin } from './names.ts';
import type { GeneralName } from './names.ts';
import { oids } from '../asn1/oids.ts';
import type { Certificate } from './certificate.ts';

/** Names compared with subtrees of one certificate's path: real ones need a dozen, hostile ones are refused. */
const MAX_COMPARISONS = 200_000;

/** Do the names of `certificate` satisfy every constraint of the CAs above it? */
export function namesAllowed(certificate: Certificate, constraints: readonly NameConstraints[]): boolean {
  if (constraints.length === 0) return true;
  const names = namesOf(certificate);
  const bases = constraints.reduce(
    (sum, { permitted, excluded }) => sum + permitted.length + excluded.length,
    0,
  );
  if (names.length * bases > MAX_COMPARISONS) return false;
  return constraints.every(({ permitted, excluded }) =>
    names.every((name) => {
      const sameKind = permitted.filter((base) => isComparable(name, base));
      return (
        (sameKind.length === 0 || sameKind.some((base) => matches(name, base))) &&
        !excluded.some((base) => isComparable(name, base) && matches(name, base, true))
      );
    }),
  );
}

function namesOf({ subject, extensions: { subjectAltNames } }: Certificate): GeneralName[] {
  // Mail addresses in the subject count only where no alternative name holds one.
  const emails = subjectAltNames.some(({ kind }) => kind === 'email')
    ? []
    : attributeValues(subject, oids.emailAddress);
  return [
    ...(subject.rdns.length > 0 ? [{ kind: 'directory' as const, value: subject }] : []),
    ...emails.map((value) => ({ kind: 'email' as const, value })),
    ...subjectAltNames,
  ];
}

const isComparable = (name: GeneralName, base: GeneralName): boolean =>
  name.kind === 'other' ? base.kind === 'other' && base.tag === name.tag : base.kind === name.kind;

/** A kind of name that cannot be compared is never within permitted and always within excluded: refused. */
function matches(name: GeneralName, base: GeneralName, whenUnknown = false): boolean {
  if (name.kind === 'directory') return base.kind === 'directory' && isWithin(name.value, base.value);
  if (name.kind === 'dns') return base.kind === 'dns' && isSubdomain(name.value, base.value);
  if (name.kind === 'email') return base.kind === 'email' && isMailWithin(name.value, base.value);
  if (name.kind === 'uri')
    return base.kind === 'uri' && isHostWithin(uriHost(name.value), base.value, whenUnknown);
  if (name.kind === 'ip') return base.kind === 'ip' && isAddressWithin(name.value, base.value);
  return whenUnknown;
}

const lower = (text: string): string => text.toLowerCase();

function isSubdomain(host: string, base: string): boolean {
  const domain = lower(base).replace(/^\./, '');
  return domain === '' || lower(host) === domain || lower(host).endsWith(`.${domain}`);
}

function isMailWithin(address: string, base: string): boolean {
  const host = lower(address.slice(address.lastIndexOf('@') + 1));
  if (base.includes('@')) {
    const at = base.lastIndexOf('@');
    return (
      host === lower(base.slice(at + 1)) && address.slice(0, address.lastIndexOf('@')) === base.slice(0, at)
    );
  }
  return base.startsWith('.') ? host.endsWith(lower(base)) : host === lower(base);
}

function uriHost(uri: string): string | undefined {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(uri)?.[1];
  // A host given as an address cannot be within a domain.
  return host && /^[\d.]+$|^\[/.test(host) ? undefined : host;
}

function isHostWithin(host: string | undefined, base: string, whenUnknown: boolean): boolean {
  if (host === undefined) return whenUnknown;
  return base.startsWith('.') ? lower(host).endsWith(lower(base)) : lower(host) === lower(base);
}

function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean {
  return (
    base.length === address.length * 2 &&
    address.every(
      (octet, i) => (octet & base[address.length + i]!) === (base[i]! & base[address.length + i]!),
    )
  );
}
