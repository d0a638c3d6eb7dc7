import packageJson from '../../../../package.json' with { type: 'json' };
import { isOffice } from '../../../shared/domain/office-name.ts';
import { verificationSchema, type Verification } from '../../../shared/domain/verification.ts';
import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { verificationReport } from '../../store/queries/documents.ts';
import { signerKinds } from '../../store/queries/office.ts';
import { newEvent } from '../common/events.ts';

const software = `Bàn Văn Thư ${packageJson.version}`;

/** Keeps what was found of a file; found once more, nothing is recorded. */
export function keepReport(store: Store, file: string, found: Verification): void {
  const report = { file: store.files.put(Buffer.from(JSON.stringify(found))).sha256 };
  store.record(program, () =>
    verificationReport(store.tables, file) === report.file
      ? null
      : newEvent('file.verified', file, {
          file,
          verdict: found.verdict,
          report,
          ...lacking(found),
          software,
        }),
  );
}

/** What a later look, with what the network tells, could still find out. */
const lacking = ({ verdict, signatures }: Verification) => ({
  unchecked:
    verdict === 'indeterminate' &&
    signatures.some(({ findings }) =>
      findings.some(
        ({ code }) => code === 'validity.revocation-not-checked' || code === 'validity.crl-unusable',
      ),
    ),
});

/** The report of a file as it is kept; null when nobody has judged it yet. */
export function keptReport(
  { tables, files }: Pick<Store, 'tables' | 'files'>,
  file: string,
): Verification | null {
  const report = verificationReport(tables, file);
  if (report === undefined) return null;
  return verificationSchema.parse(JSON.parse(files.read(report).toString('utf8')));
}

/** What the last judgement of a file found; null when there was none. */
export function keptVerification(store: Store, file: string): Verification | null {
  const found = keptReport(store, file);
  return found && withKinds(store, found);
}

/** Whose a certificate is, as the directory and an administrator know better: that is not part of what was found. */
export function withKinds({ tables, cache }: Store, verification: Verification): Verification {
  const kinds = new Map(signerKinds(tables).map(({ fingerprint, kind }) => [fingerprint, kind]));
  const signatures = verification.signatures.map((signature) => {
    const { signer } = signature;
    if (!signer) return signature;
    const corrected = kinds.get(signer.certificate.fingerprint);
    const kind = corrected ?? (isListed(cache, signer.name) ? 'agency' : signer.kind);
    return { ...signature, signer: { ...signer, kind } };
  });
  return { ...verification, signatures };
}

/** Names in the directory that begin alike and are looked at. */
const MOST_ALIKE = 50;

/** An agency of the directory, whatever its name looks like. */
const isListed = (cache: Store['cache'], found: string): boolean =>
  cache.findAgencies(found, MOST_ALIKE).some(({ name }) => isOffice(found, name));
