/** What stands in a column: how a cell is written, on which side, and whether a person fills it in on paper. */
export type CellType = 'text' | 'day' | 'number' | 'by-hand';

export interface RegisterColumn {
  readonly key: string;
  readonly type: CellType;
}

/** The registers of the office, each with exactly the ten columns of NĐ 30/2020, Phụ lục IV, in the order printed. */
export const registers = {
  /** Sổ đăng ký văn bản đến (mục I.3). */
  incoming: [
    { key: 'arrivalDate', type: 'day' },
    { key: 'arrivalNumber', type: 'number' },
    { key: 'sender', type: 'text' },
    { key: 'code', type: 'text' },
    { key: 'issuedDate', type: 'day' },
    { key: 'subject', type: 'text' },
    { key: 'handlers', type: 'text' },
    { key: 'handedOver', type: 'day' },
    { key: 'receipt', type: 'by-hand' },
    { key: 'note', type: 'text' },
  ],
  /** Sổ đăng ký văn bản đi (mục I.1). */
  outgoing: [
    { key: 'code', type: 'text' },
    { key: 'issuedDate', type: 'day' },
    { key: 'subject', type: 'text' },
    { key: 'signer', type: 'text' },
    { key: 'recipients', type: 'text' },
    { key: 'keeper', type: 'text' },
    { key: 'copies', type: 'number' },
    { key: 'handedOver', type: 'day' },
    { key: 'receipt', type: 'by-hand' },
    { key: 'note', type: 'text' },
  ],
} as const satisfies Readonly<Record<string, readonly RegisterColumn[]>>;

export type Register = keyof typeof registers;
export const registerNames = Object.keys(registers) as [Register, ...Register[]];
export type ColumnOf<R extends Register> = (typeof registers)[R][number];

/** What a cell holds: a day is `2026-11-20`, or null where there is none yet. */
export interface CellValues {
  readonly text: string;
  readonly day: string | null;
  readonly number: number;
  readonly 'by-hand': null;
}
export type CellsOf<R extends Register> = {
  readonly [C in ColumnOf<R> as C['key']]: CellValues[C['type']];
};
