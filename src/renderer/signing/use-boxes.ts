import { useState } from 'react';
import type { Box, Placement } from '../../shared/ipc/signing.ts';
import { useKey } from '../navigation/keys.ts';

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

/** A place on the paper, whatever the size of what stands there. */
type Corner = Pick<Box, 'page' | 'x' | 'y'>;
/** Where the person has put each mark; undefined where it stands as proposed. */
type Moved = readonly (Corner | undefined)[];

interface Moves {
  /** What the marks are for: those of another file begin at their own places. */
  readonly of: string;
  readonly moved: Moved;
  readonly past: readonly Moved[];
}

const placed = (placements: readonly Placement[], moved: Moved): Box[] =>
  placements.map(({ box }, n) => {
    const corner = moved[n];
    return corner ? { ...box, page: corner.page, x: corner.x, y: corner.y } : box;
  });

const movedIn = (placements: readonly Placement[], boxes: readonly Box[]): Moved =>
  placements.map(({ box: { page, x, y } }, n) => {
    const box = boxes[n];
    return box && (box.page !== page || box.x !== x || box.y !== y) ? box : undefined;
  });

/**
 * Where the person wants the marks. Every move can be undone until the document is signed. A mark that changes, as an
 * opinion does while it is written, stays where it was put.
 */
export function useBoxes(placements: readonly Placement[], kept?: KeptBoxes): Boxes {
  const of = JSON.stringify(placements.map(({ sha256, role }) => [sha256, role]));
  const begun: Moves = { of, moved: [], past: [] };
  const [moves, setMoves] = useState<Moves>(() => ({
    ...begun,
    moved: movedIn(placements, kept?.boxes ?? []),
  }));
  const current = (old: Moves) => (old.of === of ? old : begun);
  const { moved, past } = current(moves);
  const boxes = placed(placements, moved);
  const move = (next: Moved, remember: (past: Moves['past']) => Moves['past']) => {
    setMoves((old) => ({ of, moved: next, past: remember(current(old).past) }));
    kept?.keep(placed(placements, next));
  };
  const undo = () => {
    const last = past.at(-1);
    if (last) move(last, (old) => old.slice(0, -1));
  };
  useKey('undo', undo, past.length > 0);
  return {
    boxes,
    set: (index, box) => move(movedIn(placements, boxes.with(index, box)), (old) => old),
    begin: () => setMoves((old) => ({ ...current(old), past: [...current(old).past, moved] })),
    undo,
    canUndo: past.length > 0,
  };
}
