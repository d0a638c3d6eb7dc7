import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { DiagnosisStep, ModuleDiagnosis } from '../../shared/domain/token.ts';
import { diagnosisTexts } from '../../shared/text/token.ts';
import { failureSentence } from '../components/error-message.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { type Language, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    listStyle: 'none',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  // Sentences take as many lines as they need, their light beside the first.
  step: {
    padding: `${tokens.spacingVerticalXXS} 0`,
    '& > span': { display: 'flex', alignItems: 'flex-start', whiteSpace: 'normal' },
  },
  inner: { paddingLeft: tokens.spacingHorizontalXL },
});

/** Steps that speak of the token named above them. */
const ofToken: ReadonlySet<DiagnosisStep['step']> = new Set([
  'certificate',
  'issuer',
  'holder',
  'expiry',
  'pin',
]);

/** What is right with a driver, and the first thing that is wrong with what to do about it. */
export function Diagnosis({ diagnosis }: { readonly diagnosis: ModuleDiagnosis }) {
  const styles = useStyles();
  const words = useTexts(texts).tokens;
  const language = useLanguage();
  return (
    <ol className={styles.list} aria-label={words.diagnosisOf(diagnosis.path)}>
      {diagnosis.steps.map((step, position) => (
        // oxlint-disable-next-line react/no-array-index-key -- steps of several tokens repeat, and never move
        <li key={position} className={mergeClasses(styles.step, ofToken.has(step.step) && styles.inner)}>
          <LightMark light={step.outcome}>{stepSentence(step, language)}</LightMark>
        </li>
      ))}
    </ol>
  );
}

const isGood = (code: string): code is keyof typeof diagnosisTexts => Object.hasOwn(diagnosisTexts, code);

function stepSentence({ code, params }: DiagnosisStep, language: Language): string {
  if (!isGood(code)) return failureSentence({ code, params }, language);
  return diagnosisTexts[code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(params[name] ?? '…'),
  );
}
