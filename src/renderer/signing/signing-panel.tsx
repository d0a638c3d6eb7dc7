import type { ReactNode } from 'react';
import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useTexts } from '../texts/language.ts';
import { BlueButton } from './panel.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    width: '288px',
    flexShrink: 0,
    boxSizing: 'border-box',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  // What there is to choose may be more than a small window has room for; the blue button is always there.
  choices: {
    display: 'flex',
    flexDirection: 'column',
    flex: '1 1 0',
    gap: tokens.spacingVerticalXL,
    padding: tokens.spacingHorizontalL,
    overflowY: 'auto',
  },
  last: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
  },
});

/** Beside the paper: what there is to know and to choose, and at its foot the blue button. */
export function SigningPanel({
  children,
  offline = false,
  label,
  enabled,
  busy = false,
  onAct,
  foot,
}: {
  readonly children: ReactNode;
  readonly offline?: boolean;
  /** The verb of the blue button. */
  readonly label: string;
  readonly enabled: boolean;
  readonly busy?: boolean;
  readonly onAct: () => void;
  /** The quiet way out, below the button. */
  readonly foot: ReactNode;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <section className={styles.panel} aria-label={words.panel} data-pane>
      <div className={styles.choices}>{children}</div>
      <div className={styles.last}>
        {offline && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{words.offline}</MessageBarBody>
          </MessageBar>
        )}
        <BlueButton label={label} enabled={enabled} busy={busy} onClick={onAct} />
        {foot}
      </div>
    </section>
  );
}
