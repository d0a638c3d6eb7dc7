import type { Official } from '../../../shared/domain/official-verdict.ts';
import {
  officialStanding,
  type ExpectedSigners,
  type OfficialResult,
} from '../../../shared/domain/official.ts';
import type { Verification } from '../../../shared/domain/verification.ts';
import type { Store } from '../../store/index.ts';
import type { IncomingRecord } from '../../store/queries/incoming.ts';
import { officeOf } from '../../store/queries/office.ts';
import type { OutgoingRecord } from '../../store/queries/outgoing.ts';
import { keptVerification } from './kept-reports.ts';

/** Who should have signed, as the document itself names them; empty where it does not. */
export interface Named {
  readonly person: string;
  readonly agency: string;
}

/**
 * What a document counts for by the signatures in its main file (NĐ 30/2020, Điều 5.1). Null while the file has not
 * been verified, and when there is none.
 */
export function officialOf(store: Store, file: string | undefined, named: Named): Official | null {
  const verification = file === undefined ? null : keptVerification(store, file);
  if (!verification || verification.verdict === 'unreadable') return null;
  const expected: ExpectedSigners = {
    ...(named.person !== '' && { person: named.person }),
    ...(named.agency !== '' && { agency: named.agency }),
  };
  return judged(verification, officialStanding(verification, expected), named);
}

/** Who signs a received document, by what its message says. */
export const incomingSigners = ({ signer, sender }: IncomingRecord): Named => ({
  person: signer.fullName,
  agency: sender.name,
});

/** Who signs a document of the office: its signer, and the office itself. */
export const outgoingSigners = ({ tables }: Store, { signer }: OutgoingRecord): Named => ({
  person: signer.name,
  agency: officeOf(tables)?.name ?? '',
});

type Reason = Official['reasons'][number];
const because = (code: Reason['code'], params: Reason['params'] = {}): Reason => ({ code, params });

function judged(verification: Verification, result: OfficialResult, named: Named): Official {
  const { standing, persons, agencies } = result;
  const [person, agency] = [persons.join(', '), agencies.join(', ')];
  if (verification.verdict === 'indeterminate')
    return { verdict: 'not-concluded', reasons: [because('official.not-settled')] };
  const reasons: Record<typeof standing, () => Reason[]> = {
    unsigned: () => [because('official.no-signature')],
    'not-valid': () => [because('official.signature-broken')],
    original: () => [because('official.both-signed', { person, agency })],
    copy: () => [because('official.agency-only', { agency })],
    incomplete: () => missing(result, named),
  };
  return { verdict: standing, reasons: reasons[standing]() };
}

const other = (found: readonly string[], expected: string) => ({ found: found.join(', '), expected });

function missing(
  { persons, agencies, isPersonExpected, isAgencyExpected }: OfficialResult,
  named: Named,
): Reason[] {
  const reasons: (Reason | false)[] = [
    persons.length === 0
      ? because('official.person-missing')
      : !isPersonExpected && because('official.person-other', other(persons, named.person)),
    agencies.length === 0
      ? because('official.agency-missing')
      : !isAgencyExpected && because('official.agency-other', other(agencies, named.agency)),
  ];
  return reasons.filter((reason) => reason !== false);
}
