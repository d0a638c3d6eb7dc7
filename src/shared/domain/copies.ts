/** Forms of a copy of a document (NĐ 30/2020, Điều 25): the code that its number carries, and its names. */
export const copyForms = ['SY', 'SL', 'TrS'] as const;
export type CopyForm = (typeof copyForms)[number];

export const COPY_FORMS: Readonly<Record<CopyForm, { readonly vi: string; readonly en: string }>> = {
  SY: { vi: 'Sao y', en: 'True copy' },
  SL: { vi: 'Sao lục', en: 'Copy of a copy' },
  TrS: { vi: 'Trích sao', en: 'Extract' },
};

export const isCopyForm = (value: string): value is CopyForm => copyForms.some((form) => form === value);
