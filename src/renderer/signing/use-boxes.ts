import { useState } from 'react';
import type { Box, Placement } from '../../shared/ipc/signing.ts';
import { useKey } from '../shell/keys.ts';

export interface Boxes {
  /** In the order of the placements. */
  readonly boxes: readonly Box[];
  readonly set: (index: number, box: Box) => void;
  /** Marks where an undo comes back to: before a drag or a key. */
  readonly begin: () => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
}

/** Boxes that somebody else remembers while another document is looked at. */
export interface KeptBoxes {
  readonly boxes: readonly Box[] | undefined;
  readonly keep: (boxes: readonly Box[]) => void;
}

interface Moves {
  /** What the boxes are for: another mark or another file begins at its own place. */
  readonly of: string;
  readonly boxes: readonly Box[];
  readonly past: readonly (readonly Box[])[];
}

/** Where the person wants the marks. Every move can be undone until the document is signed. */
export function useBoxes(placements: readonly Placement[], kept?: KeptBoxes): Boxes {
  const of = JSON.stringify(placements.map(({ sha256, rule }) => [sha256, rule]));
  const proposed: Moves = { of, boxes: placements.map(({ box }) => box), past: [] };
  const [moves, setMoves] = useState<Moves>(() => ({ ...proposed, boxes: kept?.boxes ?? proposed.boxes }));
  const current = (old: Moves) => (old.of === of ? old : proposed);
  const { boxes, past } = current(moves);
  const move = (next: readonly Box[], remember: (past: Moves['past']) => Moves['past']) => {
    setMoves((old) => ({ of, boxes: next, past: remember(current(old).past) }));
    kept?.keep(next);
  };
  const undo = () => {
    const last = past.at(-1);
    if (last) move(last, (old) => old.slice(0, -1));
  };
  useKey('undo', undo, past.length > 0);
  return {
    boxes,
    set: (index, box) => move(boxes.with(index, box), (old) => old),
    begin: () => setMoves((old) => ({ ...current(old), past: [...current(old).past, boxes] })),
    undo,
    canUndo: past.length > 0,
  };
}
