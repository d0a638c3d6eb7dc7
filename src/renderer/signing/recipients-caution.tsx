import { makeStyles, tokens } from '@fluentui/react-components';
import type { Box } from '../../shared/ipc/signing.ts';
import type { PageGeometry } from '../pdf/index.tsx';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

/** Lies on paper, which stays white in every theme. */
const cautionColour = '#8a3707';
/** Around the block, in points. */
const gapPt = 4;

const useStyles = makeStyles({
  // Over the mark that hides the block, which is dragged away from under it.
  block: { position: 'absolute', outline: `2px dashed ${cautionColour}`, pointerEvents: 'none' },
  label: {
    position: 'absolute',
    bottom: '100%',
    left: 0,
    color: cautionColour,
    backgroundColor: 'rgb(255 255 255 / 0.85)',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    whiteSpace: 'nowrap',
  },
});

/** Shows what a mark hides: the block *Nơi nhận*. */
export function RecipientsCaution({
  lines,
  page,
}: {
  readonly lines: readonly Box[];
  readonly page: PageGeometry;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const here = lines.filter((line) => line.page === page.number);
  if (here.length === 0) return null;
  const left = Math.min(...here.map(({ x }) => x)) - gapPt;
  const top = Math.min(...here.map(({ y }) => y)) - gapPt;
  const right = Math.max(...here.map(({ x, width }) => x + width)) + gapPt;
  const bottom = Math.max(...here.map(({ y, height }) => y + height)) + gapPt;
  const px = (points: number) => points * page.scale;
  return (
    <div
      className={styles.block}
      style={{ left: px(left), top: px(top), width: px(right - left), height: px(bottom - top) }}
    >
      <span className={styles.label}>{words.recipients}</span>
    </div>
  );
}
