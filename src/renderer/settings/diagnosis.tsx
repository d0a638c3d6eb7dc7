import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { DiagnosisStep, ModuleDiagnosis } from '../../shared/domain/token.ts';
import { diagnosisTexts } from '../../shared/sentences/token.ts';
import { failureSentence } from '../components/error-message.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { type Language, showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  list: { margin: 0, padding: `${tokens.spacingVerticalXS} 0 0`, listStyle: 'none' },
  // Sentences take as many lines as they need, their light beside the first.
  step: {
    padding: `${tokens.spacingVerticalXXS} 0`,
    '& > span': { display: 'flex', alignItems: 'flex-start', whiteSpace: 'normal' },
    '& > span > span': { paddingTop: '2px' },
  },
  wrong: { '& > span': { fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 } },
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
  const wrong = diagnosis.steps.filter(({ outcome }) => outcome !== 'good').length;
  return (
    <section className={styles.root} aria-label={words.diagnosisOf(diagnosis.path)}>
      <Text weight="semibold" aria-live="polite">
        {wrong === 0 ? words.nothingWrong : words.wrong(showNumber(wrong, language))}
      </Text>
      <ol className={styles.list}>
        {diagnosis.steps.map((step, position) => (
          <li
            // oxlint-disable-next-line react/no-array-index-key -- steps of several tokens repeat, and never move
            key={position}
            className={mergeClasses(
              styles.step,
              step.outcome !== 'good' && styles.wrong,
              ofToken.has(step.step) && styles.inner,
            )}
          >
            <LightMark light={step.outcome}>{stepSentence(step, language)}</LightMark>
          </li>
        ))}
      </ol>
    </section>
  );
}

const isGood = (code: string): code is keyof typeof diagnosisTexts => Object.hasOwn(diagnosisTexts, code);

function stepSentence({ code, params }: DiagnosisStep, language: Language): string {
  if (!isGood(code)) return failureSentence({ code, params }, language);
  return diagnosisTexts[code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '…';
    return typeof value === 'number' ? showNumber(value, language) : value;
  });
}
