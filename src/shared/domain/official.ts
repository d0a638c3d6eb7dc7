import { sameName } from '../text/fold.ts';
import { isOffice } from './office-name.ts';
import { worstLight } from './verification.ts';
import type { SignatureReport, Verification } from './verification.ts';

/**
 * Is a file an official document, and by whom (NĐ 30/2020, Điều 5.1): a valid signature of the person who signs
 * and one of the agency that issues. The agency's alone over a scan makes an electronic copy (Điều 25 to 27).
 */
export interface ExpectedSigners {
  /** The signer as the document names him or her; left out when not known. */
  readonly person?: string;
  readonly agency?: string;
}

export type OfficialStanding =
  | 'original'
  /** Only the agency signed. */
  | 'copy'
  /** Only a person signed, or somebody else than the document names. */
  | 'incomplete'
  /** Something signed is broken or could not be concluded. */
  | 'not-valid'
  | 'unsigned';

export interface OfficialResult {
  readonly standing: OfficialStanding;
  /** Names on the valid signatures, each once. */
  readonly persons: readonly string[];
  readonly agencies: readonly string[];
  readonly isPersonExpected: boolean;
  readonly isAgencyExpected: boolean;
}

export function officialStanding(verification: Verification, expected: ExpectedSigners = {}): OfficialResult {
  const valid = verification.signatures.filter(isValid);
  const namesOf = (kind: 'personal' | 'agency'): string[] => [
    ...new Set(valid.flatMap(({ signer }) => (signer?.kind === kind ? [signer.name] : []))),
  ];
  const [persons, agencies] = [namesOf('personal'), namesOf('agency')];
  const { person, agency } = expected;
  const isPersonExpected = person === undefined || persons.some((name) => sameName(name, person));
  const isAgencyExpected = agency === undefined || agencies.some((name) => isOffice(name, agency));
  const found = { persons, agencies, isPersonExpected, isAgencyExpected };
  return { ...found, standing: standingOf(verification, found) };
}

const isValid = ({ kind, lights }: SignatureReport): boolean =>
  kind === 'signature' && ['good', 'caution'].includes(worstLight(Object.values(lights)));

function standingOf(
  { verdict }: Verification,
  { persons, agencies, isPersonExpected, isAgencyExpected }: Omit<OfficialResult, 'standing'>,
): OfficialStanding {
  if (verdict === 'unsigned') return 'unsigned';
  if (verdict !== 'valid' && verdict !== 'valid-with-changes') return 'not-valid';
  if (agencies.length === 0 || !isAgencyExpected) return 'incomplete';
  if (persons.length === 0) return 'copy';
  return isPersonExpected ? 'original' : 'incomplete';
}
