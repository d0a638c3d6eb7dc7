import { type PointerEvent, useEffect, useRef } from 'react';
import { makeStyles, mergeClasses } from '@fluentui/react-components';
import type { Box, Placement } from '../../shared/ipc/signing.ts';
import { fileUrl } from '../desk/bridge.ts';
import type { PageGeometry } from '../pdf/index.tsx';
import { useTexts } from '../texts/language.ts';
import { isFixed, keepOnPage, moveBy, nudge } from './box.ts';
import { MarkDrawing } from './mark-drawing.tsx';
import { texts } from './texts.ts';

/** The box lies on paper, which stays white in every theme. */
const edgeColour = '#0f6cbd';

const useStyles = makeStyles({
  box: {
    position: 'absolute',
    padding: 0,
    border: `1px dashed ${edgeColour}`,
    backgroundColor: 'transparent',
    pointerEvents: 'auto',
    cursor: 'move',
    touchAction: 'none',
    userSelect: 'none',
    overflow: 'visible',
    ':focus-visible': { outline: `2px solid ${edgeColour}`, outlineOffset: '2px' },
  },
  fixed: { cursor: 'default' },
  image: { width: '100%', height: '100%', objectFit: 'contain', pointerEvents: 'none' },
  // Text of a mark stands on paper: its own face and black, in every theme.
  lines: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    height: '100%',
    fontFamily: "Tinos, 'Times New Roman', 'Liberation Serif', serif",
    color: 'black',
    textAlign: 'right',
    whiteSpace: 'nowrap',
    pointerEvents: 'none',
  },
  line: { display: 'block', lineHeight: 1.2 },
});

/** The text of most marks, in points (NĐ 30/2020, Phụ lục I, Phần I, II.8b). */
const textSizePt = 10;

/** The mark as it will look, to be put where it belongs with the mouse or the arrow keys. */
export function SignatureBox({
  placement,
  box,
  page,
  onChoose,
  onBegin,
  onMove,
}: {
  readonly placement: Placement;
  readonly box: Box;
  readonly page: PageGeometry;
  /** This mark is taken in hand. */
  readonly onChoose: () => void;
  /** Before a move that an undo takes back as one. */
  readonly onBegin: () => void;
  readonly onMove: (box: Box) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const fixed = isFixed(placement);
  const said = placement.lines.join(' ');
  const label = [words.box[placement.role], said, fixed ? '' : words.boxKeys].filter(Boolean).join('. ');
  const grip = useRef<{ x: number; y: number; from: Box; moved: boolean } | null>(null);

  // What was moved and has grown since, as an opinion does while it is written, stays on its page.
  const isMoved = box !== placement.box;
  useEffect(() => {
    const inside = keepOnPage(box, page);
    if (isMoved && (inside.x !== box.x || inside.y !== box.y)) onMove(inside);
  });

  const drag = (event: PointerEvent) => {
    if (!grip.current) return;
    const { x, y, from } = grip.current;
    if (!grip.current.moved) onBegin();
    grip.current.moved = true;
    onMove(moveBy(from, (event.clientX - x) / page.scale, (event.clientY - y) / page.scale, page));
  };
  return (
    <button
      type="button"
      className={mergeClasses(styles.box, fixed && styles.fixed)}
      style={{
        left: box.x * page.scale,
        top: box.y * page.scale,
        width: box.width * page.scale,
        height: box.height * page.scale,
      }}
      aria-label={label}
      title={fixed ? words.found.field : words.boxKeys}
      onFocus={onChoose}
      onPointerDown={(event) => {
        if (event.button !== 0 || fixed) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { x: event.clientX, y: event.clientY, from: box, moved: false };
      }}
      onPointerMove={drag}
      onPointerUp={() => (grip.current = null)}
      onPointerCancel={() => (grip.current = null)}
      onKeyDown={(event) => {
        if (fixed) return;
        const step = event.ctrlKey || event.altKey ? undefined : nudge(event.key, event.shiftKey);
        if (!step) return;
        event.preventDefault();
        onBegin();
        onMove(moveBy(box, step[0], step[1], page));
      }}
    >
      {placement.image ? (
        <img className={styles.image} src={fileUrl(placement.image)} alt="" draggable={false} />
      ) : (
        placement.drawing && (
          <MarkDrawing drawing={placement.drawing} scale={page.scale}>
            <span className={styles.lines} aria-hidden style={{ fontSize: textSizePt * page.scale }}>
              {placement.lines.map((line) => (
                <span key={line} className={styles.line}>
                  {`${line} `}
                </span>
              ))}
            </span>
          </MarkDrawing>
        )
      )}
    </button>
  );
}
