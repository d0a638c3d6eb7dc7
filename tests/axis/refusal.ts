/** A FAIL reply. Numbers are those of a provincial axis built on VXP, whose own are not public (A 6.2). */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, description: string) {
    super(description);
    this.code = code;
  }
}

export const INVALID_FILE = 10;
export const WRONG_CREDENTIALS = 15;
export const UNKNOWN_RECIPIENT = 18;
export const UNREGISTERED_SENDER = 19;
export const FILE_PROCESSING = 21;
export const NOT_EDXML = 22;
export const RECIPIENT_LOCKED = 23;

export function demand(condition: boolean, code: number, description: string): asserts condition {
  if (!condition) throw new Refusal(code, description);
}
