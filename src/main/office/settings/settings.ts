import type { Office, Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { isOpaque } from '../../pdf/appearance.ts';
import { knownAuthorities } from '../../x509/trust.ts';
import { readTrustFile } from '../../cms/trust-file.ts';
import { nameText } from '../../x509/names.ts';
import { tryReadCertificate } from '../../x509/certificate.ts';
import { checkModuleFile } from '../../token/module-file.ts';
import { keyFor, readPkcs12 } from '../../token/pkcs12.ts';
import type { Store } from '../../store/index.ts';
import {
  axisSettings,
  images,
  importedRoots,
  modules,
  officeOf,
  people,
  pkcs12Files,
  signerKinds,
  signingServices,
} from '../../store/queries/office.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { storedAnchor } from '../verification/anchors.ts';

/** Who changes a setting: nobody sits at the desk yet while a new office is set up. */
type Who = Person | null;

const noAxis = { url: '', systemId: '', allowHttp: false, intervalMinutes: 5 };

/**
 * Everything an office decides once.
 * @param secretSet whether the axis has a secret; the secret itself never leaves the vault
 */
export function get(store: Store, secretSet: boolean): Result<'settings.get'> {
  const { tables } = store;
  return {
    office: officeOf(tables),
    people: people(tables),
    axis: { ...(axisSettings(tables) ?? noAxis), secretSet },
    modules: modules(tables),
    pkcs12: pkcs12Files(tables).map(({ file, name }) => ({ sha256: file, name })),
    roots: trustList(store),
    services: signingServices(tables),
    signerKinds: signerKinds(tables),
    images: Object.fromEntries(images(tables).map(({ owner, file }) => [owner, { sha256: file }])),
  };
}

/** Whom signatures may lead to: what this office imported, then what the program knows by fingerprint. */
function trustList({ tables, files }: Store): Result<'settings.get'>['roots'] {
  const imported = importedRoots(tables);
  const isImported = new Set(imported.map(({ sha256 }) => sha256));
  return [
    ...imported.map(({ sha256, subject, notAfter, file }) => {
      const anchor = storedAnchor(files, file);
      const problem =
        anchor instanceof DeskError ? { code: anchor.code, params: { ...anchor.params } } : null;
      return {
        sha256,
        subject,
        notAfter,
        origin: 'imported' as const,
        trustClass: anchor instanceof DeskError ? ('la' as const) : anchor.trustClass,
        confidence: '',
        trusted: problem === null,
        problem,
      };
    }),
    ...[...knownAuthorities.values()]
      .filter(({ sha256 }) => !isImported.has(sha256))
      .map(({ sha256, subject, trustClass, confidence, trusted }) => ({
        sha256,
        subject,
        notAfter: null,
        origin: 'bundled' as const,
        trustClass,
        confidence,
        trusted,
        problem: null,
      })),
  ];
}

/** What the office is called and how its marks look. */
export function saveOffice(store: Store, who: Who, office: Office): void {
  store.record(actorOf(who), () => newEvent('office.saved', 'office', office));
}

/** A person who works here, new or changed. */
export function savePerson(store: Store, who: Who, person: Person): void {
  store.record(actorOf(who), () => newEvent('person.saved', person.id, person));
}

/** Where the axis is reached and how often. The secret is none of the records: it goes to the vault. */
export function saveAxis(store: Store, who: Who, argument: ParsedArgument<'settings.save-axis'>): void {
  const { url, systemId, allowHttp, intervalMinutes } = argument;
  store.record(actorOf(who), () =>
    newEvent('axis.saved', 'axis', { url, systemId, allowHttp, intervalMinutes }),
  );
}

/**
 * Accepts a token driver as it is now: another file under that path will not be loaded. Added again, it is accepted
 * anew.
 * @throws DeskError for what could not be loaded: no such file, of another machine, no PKCS#11 driver
 */
export async function addModule(store: Store, who: Who, path: string): Promise<void> {
  const sha256 = await checkModuleFile(path);
  store.record(actorOf(who), () => newEvent('module.added', path, { path, sha256 }));
}

/** A driver that is not used any more. */
export function removeModule(store: Store, who: Who, path: string): void {
  store.record(actorOf(who), () => newEvent('module.removed', path, { path }));
}

/**
 * Takes a key file in once its PIN has opened it: only then are the certificates known that it may hide, and only
 * they are kept of what was seen.
 * @throws DeskError token.wrong-pin, token.key-missing, token.pkcs12-unreadable
 */
export async function addPkcs12(
  store: Store,
  who: Who,
  { sha256: file, name, pin }: ParsedArgument<'settings.add-pkcs12'>,
): Promise<void> {
  const { certificates, keys } = await readPkcs12(store.files.read(file), pin, name);
  const own = certificates.filter((der) => tryReadCertificate(der) && keyFor(der, keys) !== undefined);
  if (own.length === 0) throw new DeskError('token.key-missing');
  const kept = own.map((der) => ({ file: store.files.put(der).sha256 }));
  store.record(actorOf(who), () => newEvent('pkcs12.added', file, { file, name, certificates: kept }));
}

/** A key file that is not used any more. */
export function removePkcs12(store: Store, who: Who, file: string): void {
  store.record(actorOf(who), () => newEvent('pkcs12.removed', file, { file }));
}

/** Trusts the certificates of a file; those already trusted are passed over. */
export function addRoots(
  store: Store,
  who: Who,
  { sha256, name }: FileReference,
): Result<'settings.add-roots'> {
  let added = 0;
  for (const certificate of readTrustFile(store.files.read(sha256), name)) {
    const { sha256: file } = store.files.put(certificate.der);
    const entry = store.record(actorOf(who), () => {
      if (importedRoots(store.tables).some((root) => root.sha256 === certificate.fingerprint)) return null;
      return newEvent('root.added', certificate.fingerprint, {
        sha256: certificate.fingerprint,
        subject: nameText(certificate.subject),
        notAfter: certificate.notAfter,
        file,
      });
    });
    if (entry) added += 1;
  }
  return { added };
}

/** An authority that is not trusted any more. @param sha256 of its certificate */
export function removeRoot(store: Store, who: Who, sha256: string): void {
  store.record(actorOf(who), () => newEvent('root.removed', sha256, { sha256 }));
}

/** What may be asked over the network. */
export function saveServices(
  store: Store,
  who: Who,
  services: ParsedArgument<'settings.save-services'>,
): void {
  store.record(actorOf(who), () => newEvent('services.saved', 'signing', services));
}

/** Whose a certificate is, a person's or an agency's, where the certificate does not tell. */
export function saveSignerKind(
  store: Store,
  who: Who,
  word: ParsedArgument<'settings.save-signer-kind'>,
): void {
  store.record(actorOf(who), () => newEvent('signer-kind.saved', word.fingerprint, word));
}

/**
 * The image of a person's handwriting, or of the seal (`seal`). The seal stands over title and name: an opaque one would
 * hide what the head has signed, and every reader that judges changes would say so.
 * @throws DeskError pdf.bad-image, pdf.image-opaque, documents.no-such-person
 */
export async function saveImage(
  store: Store,
  who: Who,
  { owner, file }: ParsedArgument<'settings.save-image'>,
): Promise<void> {
  if (await isOpaque(store.files.read(file.sha256))) throw new DeskError('pdf.image-opaque');
  store.record(actorOf(who), () => newEvent('image.saved', owner, { owner, file: file.sha256 }));
}
