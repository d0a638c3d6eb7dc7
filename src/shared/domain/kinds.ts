import { z } from 'zod';
import rows from '../../../assets/rules/document-kinds.json' with { type: 'json' };

/** `typed`: number/KIND-AGENCY; `letter`: number/AGENCY-UNIT (công văn); `none`: no abbreviation in the table. */
const kindSchema = z.object({
  id: z.string(),
  vi: z.string(),
  en: z.string(),
  code: z.string().nullable(),
  form: z.enum(['typed', 'letter', 'none']),
});
export type DocumentKind = z.infer<typeof kindSchema>;

/** The 29 kinds of administrative document. Source: NĐ 30/2020, Điều 7 and Phụ lục III, Phần I. */
export const documentKinds: readonly DocumentKind[] = z.array(kindSchema).parse(rows);

export function kindById(id: string): DocumentKind | undefined {
  return documentKinds.find((kind) => kind.id === id);
}
