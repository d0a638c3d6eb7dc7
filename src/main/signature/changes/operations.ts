/** Operators with their operands, as content streams and CMaps are written (ISO 32000-2, 7.8.2 and 9.7.5.4). */
import type { CosObject } from '../../pdf/cos.ts';
import { Lexer } from '../../pdf/lexer.ts';

export interface Operation {
  readonly operator: string;
  readonly operands: readonly CosObject[];
}

/** Operators that may still be read: several streams together are bounded by one. */
export interface Budget {
  operators: number;
}
const MAX_OPERATORS = 200_000;
export const newBudget = (): Budget => ({ operators: MAX_OPERATORS });

/** Ends at an inline image, and when the budget is spent: it is below zero then. Errors: `pdf.damaged`, `pdf.too-complex`. */
export function* operations(content: Uint8Array, budget: Budget): Generator<Operation> {
  const lexer = new Lexer(content);
  let operands: CosObject[] = [];
  for (;;) {
    lexer.skipSpace();
    const first = content[lexer.pos];
    if (first === undefined) return;
    if (isOperatorStart(first)) {
      const operator = lexer.word();
      if (operator === 'true' || operator === 'false' || operator === 'null') continue;
      if (--budget.operators < 0) return;
      yield { operator, operands };
      operands = [];
      // Inline image data is no syntax: nothing behind it can be read safely.
      if (operator === 'BI') return;
      if (operator === '') lexer.pos++;
    } else operands.push(lexer.object());
  }
}

/** A letter or a quote: operands begin with anything else (7.8.2). */
const isOperatorStart = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x27 ||
  byte === 0x22 ||
  byte === 0x5d ||
  byte === 0x3e ||
  byte === 0x29 ||
  byte === 0x7b ||
  byte === 0x7d;
