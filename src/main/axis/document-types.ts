import { z } from 'zod';
import rows from '../../../assets/rules/edxml-document-types.json' with { type: 'json' };

/** Annex list of QCVN 102 as amended in 2022. Items 10–17 of the second list count along NĐ 30/2020, Điều 7. */
const types = z
  .array(
    z.strictObject({
      type: z.union([z.literal(1), z.literal(2)]),
      detail: z.int().min(1),
      name: z.string().min(1),
    }),
  )
  .parse(rows);

const key = (name: string) => name.normalize('NFC').toLowerCase();

/**
 * `Type` and `TypeDetail` of an administrative document by its kind's Vietnamese name. Kinds outside the list are
 * administrative (2) without an index (0): receivers show `TypeName`.
 */
export function administrativeType(name: string): { type: 2; typeDetail: number } {
  const row = types.find((row) => row.type === 2 && key(row.name) === key(name));
  return { type: 2, typeDetail: row?.detail ?? 0 };
}
