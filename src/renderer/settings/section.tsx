import type { FormEvent, ReactNode } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  Subtitle1,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ErrorMessage } from '../components/error-message.tsx';
import { useKey, withKey } from '../navigation/keys.ts';
import type { Act } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '760px' },
  heading: { margin: 0 },
  hint: { color: tokens.colorNeutralForeground2 },
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    // In line with the fields.
    '& > .fui-Checkbox': { marginLeft: `-${tokens.spacingHorizontalS}` },
  },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    '& > .fui-Button': { flex: 'none' },
    // What came of it stands below the buttons.
    '& > .fui-MessageBar': { flexBasis: '100%' },
  },
});

/** One topic of the settings. */
export function Section({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <section className={styles.section} aria-label={title}>
      <Subtitle1 as="h2" className={styles.heading}>
        {title}
      </Subtitle1>
      {hint && <Text className={styles.hint}>{hint}</Text>}
      {children}
    </section>
  );
}

/** Heading of one part of a topic. */
export function PartHeading({ children }: { readonly children: string }) {
  const styles = useStyles();
  return (
    <Subtitle2 as="h3" className={styles.heading}>
      {children}
    </Subtitle2>
  );
}

/** Fields with one blue button that saves them, also by Ctrl+Enter; what went wrong is said beside it. */
export function SaveForm({
  saving,
  saved,
  ready,
  children,
  beside,
}: {
  readonly saving: Act<[]>;
  /** Whether what is shown is what is saved, just now. */
  readonly saved: boolean;
  readonly ready: boolean;
  readonly children: ReactNode;
  readonly beside?: ReactNode;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const enabled = ready && !saving.busy;
  useKey('primary', saving.run, enabled);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (enabled) saving.run();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {children}
      {saving.failure && <ErrorMessage failure={saving.failure} />}
      {saved && (
        <MessageBar intent="success">
          <MessageBarBody>{words.saved}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.foot}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={!enabled}
          icon={saving.slow ? <Spinner size="tiny" /> : null}
          title={withKey(words.save, 'primary')}
        >
          {words.save}
        </Button>
        {beside}
      </div>
    </form>
  );
}
