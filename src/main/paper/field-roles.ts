/**
 * Which fields of a file serve for number, date and the two signatures. Ours have their own names; forms of other
 * people are known by the names that offices give such fields (`assets/rules/visible-marks.json`), and a signature
 * field without a telling name by where it stands.
 */
import { foldForSearch } from '../../shared/text/fold.ts';
import { DRAFT_FIELDS } from './fields.ts';
import type { FieldInfo } from './fields.ts';
import type { FieldPlace } from '../pdf/signature-field.ts';
import { marks } from './marks.ts';

export type FieldRole = keyof typeof DRAFT_FIELDS;
export type FieldsByRole = { readonly [K in FieldRole]?: FieldInfo };

const ROLES = Object.keys(DRAFT_FIELDS) as FieldRole[];
const TYPES: Readonly<Record<FieldRole, FieldInfo['type']>> = {
  number: 'Tx',
  date: 'Tx',
  month: 'Tx',
  personal: 'Sig',
  agency: 'Sig',
};

const plain = (name: string): string => foldForSearch(name).replace(/[^a-z0-9]/g, '');
const NAMES = Object.fromEntries(ROLES.map((role) => [role, marks.fieldNames[role].map(plain)])) as Record<
  FieldRole,
  string[]
>;

/** The fields that are named for what they hold, signed ones too. */
export function fieldsByName(fields: readonly FieldInfo[]): FieldsByRole {
  const named = ROLES.map((role) => {
    const usable = fields.filter(({ type, places }) => type === TYPES[role] && places.length > 0);
    const own = usable.find(({ name }) => name === DRAFT_FIELDS[role]);
    // A form names its parts from the outside in: the last part says what a field is.
    const meant = usable.find(({ name }) => NAMES[role].includes(plain(name.split('.').at(-1) ?? '')));
    return [role, own ?? meant] as const;
  });
  return Object.fromEntries(named.filter(([, field]) => field !== undefined));
}

/**
 * The empty signature field for a signature: the one named for it, else one without a telling name whose middle lies
 * where the signature belongs. Undefined too when the field named for it is signed.
 */
export function emptySignatureField(
  fields: readonly FieldInfo[],
  role: 'personal' | 'agency',
  rule: FieldPlace | undefined,
): FieldInfo | undefined {
  const named = fieldsByName(fields);
  const own = named[role];
  if (own) return own.signed ? undefined : own;
  const taken = Object.values(named);
  return fields.find(
    (field) =>
      field.type === 'Sig' &&
      !field.signed &&
      !taken.includes(field) &&
      rule &&
      standsIn(field.places[0], rule),
  );
}

function standsIn(place: FieldPlace | undefined, { page, box }: FieldPlace): boolean {
  if (place?.page !== page) return false;
  const [x, y] = [place.box.x + place.box.width / 2, place.box.y + place.box.height / 2];
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}
