import type { Person } from '../../shared/domain/people.ts';
import { expiryWarning } from '../../shared/domain/expiry.ts';
import { belongsTo, type Holder } from '../../shared/domain/holder.ts';
import { grantOf } from '../../shared/domain/permissions.ts';
import { daysUntil, localDay } from '../../shared/text/dates.ts';
import { ExpiryNotice } from '../components/expiry-notice.tsx';
import { useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';

/** The certificates this person signs or seals with, as far as they are there now, that end soon. */
export function ExpiringCertificates({ person }: { readonly person: Person }) {
  const { now, officeName } = useSession();
  const { data } = useCall('signing.tokens', {}, ['tokens', 'settings']);
  const holders: Holder[] = [{ kind: 'person', name: person.name }];
  if (grantOf(person.role, 'outgoing.seal')) holders.push({ kind: 'office', name: officeName });
  const certificates = data?.tokens.flatMap((token) => (token.present ? token.certificates : []));
  return certificates
    ?.filter(({ subjectName }) => holders.some((holder) => belongsTo(subjectName, holder)))
    .map(({ sha256, subjectName, notAfter }) => ({
      sha256,
      name: subjectName,
      days: daysUntil(localDay(notAfter), now),
    }))
    .filter(({ days }) => expiryWarning(days) !== null)
    .map(({ sha256, name, days }) => <ExpiryNotice key={sha256} name={name} days={days} />);
}
