import type { DiagnosisStep, ModuleDiagnosis, TokenCertificate } from '../../../shared/domain/token.ts';
import { expiryWarning } from '../../../shared/domain/expiry.ts';
import { belongsTo, type Holder } from '../../../shared/domain/holder.ts';
import { daysUntil, localDay, showDay } from '../../../shared/text/dates.ts';
import { findAnchoredPath } from '../../x509/anchored-path.ts';
import { importedAnchor } from '../../x509/trust.ts';
import { readCertificate, tryReadCertificate } from '../../x509/certificate.ts';
import type { Store } from '../../store/index.ts';
import { importedRoots, officeOf, people } from '../../store/queries/office.ts';
import { caution, good } from '../../token/diagnose.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Everything between a driver file and a signature that counts, asked in turn. */
export function diagnose(store: Store, keeper: TokenKeeper, path: string): Promise<ModuleDiagnosis> {
  return keeper
    .tokens()
    .diagnose(path, (certificate, der, others) => [
      issuerStep(store, certificate, der, others),
      holderStep(store, certificate),
      expiryStep(store, certificate),
    ]);
}

/** Whether a signature made now would lead to somebody this office trusts, as far as the token carries the way. */
function issuerStep(
  store: Store,
  { subjectName: name, issuerName: issuer }: TokenCertificate,
  der: Uint8Array,
  others: readonly Uint8Array[],
): DiagnosisStep {
  const anchors = importedRoots(store.tables).map(({ file }) =>
    importedAnchor(readCertificate(store.files.read(file))),
  );
  const carried = others.flatMap((other) => tryReadCertificate(other) ?? []);
  const { anchor } = findAnchoredPath(readCertificate(der), carried, store.now(), { anchors, pool: [] });
  return anchor ? good('issuer', { issuer }) : caution('issuer', 'token.issuer-unknown', { name, issuer });
}

function holderStep({ tables }: Store, { subjectName: name }: TokenCertificate): DiagnosisStep {
  const office = officeOf(tables);
  const holders: Holder[] = [
    ...(office ? [{ kind: 'office' as const, name: office.name }] : []),
    ...people(tables)
      .filter(({ active }) => active)
      .map((person) => ({ kind: 'person' as const, name: person.name })),
  ];
  const holder = holders.find((one) => belongsTo(name, one));
  return holder ? good('holder', { name: holder.name }) : caution('holder', 'token.holder-unknown', { name });
}

function expiryStep(store: Store, { subjectName: name, notAfter }: TokenCertificate): DiagnosisStep {
  const days = daysUntil(localDay(notAfter), store.now());
  if (expiryWarning(days) === null) return good('expiry', { days });
  return caution('expiry', 'token.expires-soon', { name, day: showDay(localDay(notAfter)), days });
}
