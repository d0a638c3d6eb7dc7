import type { Urgency } from '../../../shared/domain/states.ts';

/** One thing to sign, as the list and the summary name it. */
export interface BatchEntry {
  readonly id: string;
  /** Notation, or who drafted it; null for a file, which has its name and nothing else. */
  readonly heading: string | null;
  readonly subject: string;
  /** In full, for the summary. */
  readonly name: string;
  readonly urgency: Urgency;
}
