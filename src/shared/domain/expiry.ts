/** Days before a certificate's end at which its holder is warned, each time more urgently. */
const WARNINGS = [0, 7, 30, 90] as const;

export type ExpiryWarning = (typeof WARNINGS)[number];

/** The warning that a certificate with so many days left calls for; null while there is time. */
export function expiryWarning(days: number): ExpiryWarning | null {
  return WARNINGS.find((limit) => days <= limit) ?? null;
}
