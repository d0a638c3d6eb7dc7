import type { ReactElement } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { QuestionCircleFilled } from '@fluentui/react-icons/svg/question-circle';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { Light, Verdict, Verification } from '../../shared/domain/verification.ts';
import { hasNotes, verdictText } from '../../shared/sentences/verification.ts';
import { useLanguage } from '../texts/language.ts';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  icon: { display: 'inline-flex', fontSize: '16px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  caution: { color: tokens.colorStatusWarningForeground3 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  unknown: { color: tokens.colorNeutralForeground3 },
});

const icons: Readonly<Record<Light, ReactElement>> = {
  good: <CheckmarkCircleFilled />,
  caution: <WarningFilled />,
  bad: <DismissCircleFilled />,
  unknown: <QuestionCircleFilled />,
};

/** A light is never colour alone: an icon of its own and a word. `icon`: where another says more than the light's. */
export function LightMark({
  light,
  icon = icons[light],
  children,
}: {
  readonly light: Light;
  readonly icon?: ReactElement | undefined;
  readonly children: string;
}) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles[light])} aria-hidden>
        {icon}
      </span>
      {children}
    </span>
  );
}

const lights: Readonly<Record<Verdict, Light>> = {
  valid: 'good',
  'valid-with-changes': 'caution',
  invalid: 'bad',
  indeterminate: 'unknown',
  unsigned: 'unknown',
  unreadable: 'bad',
};

export function VerdictBadge({
  verdict,
  reasons,
}: Pick<Verification, 'verdict'> & Partial<Pick<Verification, 'reasons'>>) {
  const language = useLanguage();
  const judged = { verdict, reasons: reasons ?? [] };
  return (
    <LightMark light={hasNotes(judged) ? 'caution' : lights[verdict]}>
      {verdictText(judged, language)}
    </LightMark>
  );
}
