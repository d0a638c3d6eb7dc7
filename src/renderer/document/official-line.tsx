import { makeStyles, tokens } from '@fluentui/react-components';
import type { Official, OfficialVerdict } from '../../shared/domain/official-verdict.ts';
import type { Light } from '../../shared/domain/verification.ts';
import { officialReasonSentence, officialVerdictTexts } from '../../shared/sentences/official.ts';
import { useLanguage } from '../texts/language.ts';
import { smallWindow } from '../components/small-window.ts';
import { LightMark } from '../components/verdict-badge.tsx';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `0 ${tokens.spacingHorizontalL}`,
    minHeight: '24px',
    [smallWindow]: { paddingRight: 0 },
  },
  verdict: {
    display: 'inline-flex',
    [smallWindow]: { '& > span': { fontSize: tokens.fontSizeBase200 } },
    '& > span': { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  },
  // Said in full when pointed at, and in the panel of the lights.
  reasons: { [smallWindow]: { display: 'none' }, color: tokens.colorNeutralForeground2 },
});

const lights: Readonly<Record<OfficialVerdict, Light>> = {
  original: 'good',
  copy: 'caution',
  incomplete: 'caution',
  'not-valid': 'bad',
  'not-concluded': 'unknown',
  unsigned: 'unknown',
};

/** What the document counts for and why, in words, above the lights of its signatures (NĐ 30/2020, Điều 5.1). */
export function OfficialLine({ official }: { readonly official: Official }) {
  const styles = useStyles();
  const language = useLanguage();
  const { verdict, reasons } = official;
  const why = reasons.map((reason) => officialReasonSentence(reason, language)).join(' ');
  return (
    <div className={styles.root} title={why}>
      <span className={styles.verdict}>
        <LightMark light={lights[verdict]}>{officialVerdictTexts[verdict][language]}</LightMark>
      </span>
      <span className={styles.reasons}>{why}</span>
    </div>
  );
}
