import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Placement } from '../../shared/ipc/signing.ts';
import type { PageGeometry } from '../pdf/index.tsx';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

/** How far the lines reach beyond the box, in points. */
const reachPt = 24;
/** Between the box and words beside it, in points. */
const labelGapPt = 4;

/** Guides lie on paper, which stays white in every theme. */
const guideColour = '#9b1f6e';

const useStyles = makeStyles({
  upright: { position: 'absolute', borderLeft: `1px dashed ${guideColour}` },
  level: { position: 'absolute', borderTop: `1px dashed ${guideColour}` },
  label: {
    position: 'absolute',
    color: guideColour,
    backgroundColor: 'rgb(255 255 255 / 0.85)',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    whiteSpace: 'nowrap',
  },
  below: { transform: 'translateX(-50%)' },
  // In a corner there is text below the mark, and room beside it.
  beside: { transform: 'translate(-100%, -50%)' },
});

/**
 * Lines of the rule the mark follows: the middle between title and name, or the edge that covers one third of the
 * personal signature (NĐ 30/2020, Phụ lục I, Phần I, II.7d and II.8a). Nothing where no rule gives
 * a place, or the document itself shows it.
 */
export function Guides({ placement, page }: { readonly placement: Placement; readonly page: PageGeometry }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { role, rule, found } = placement;
  const label = found === 'title-only' && role === 'personal' ? words.belowTitle : words.guide[role];
  if (found === 'manual' || found === 'free' || found === 'blank') return null;
  const px = (points: number) => points * page.scale;
  const middleX = rule.x + rule.width / 2;
  const middleY = rule.y + rule.height / 2;
  const edgeX = role === 'personal' ? middleX : rule.x + rule.width;
  return (
    <>
      <div
        className={styles.upright}
        style={{
          left: px(edgeX),
          top: px(rule.y - reachPt),
          height: px(rule.height + 2 * reachPt),
        }}
      />
      {(role === 'personal' || role === 'agency') && (
        <div
          className={styles.level}
          style={{
            left: px(rule.x - reachPt),
            top: px(middleY),
            width: px(rule.width + 2 * reachPt),
          }}
        />
      )}
      {found === 'corner' ? (
        <span
          className={mergeClasses(styles.label, styles.beside)}
          style={{ left: px(rule.x - labelGapPt), top: px(middleY) }}
        >
          {label}
        </span>
      ) : (
        <span
          className={mergeClasses(styles.label, styles.below)}
          style={{ left: px(middleX), top: px(rule.y + rule.height + reachPt) }}
        >
          {label}
        </span>
      )}
    </>
  );
}
