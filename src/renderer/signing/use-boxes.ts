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

/** Where the person wants the marks. Every move can be undone until the document is signed. */
export function useBoxes(placements: readonly Placement[], kept?: KeptBoxes): Boxes {
  const [boxes, setBoxes] = useState(() => kept?.boxes ?? placements.map(({ box }) => box));
  const move = (next: readonly Box[]) => {
    setBoxes(next);
    kept?.keep(next);
  };
  const [past, setPast] = useState<readonly (readonly Box[])[]>([]);
  const undo = () => {
    const last = past.at(-1);
    if (!last) return;
    move(last);
    setPast(past.slice(0, -1));
  };
  useKey('undo', undo, past.length > 0);
  return {
    boxes,
    set: (index, box) => move(boxes.with(index, box)),
    begin: () => setPast((old) => [...old, boxes]),
    undo,
    canUndo: past.length > 0,
  };
}
