import {
  Button,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { errorSentence, isErrorCode } from '../../shared/errors/index.ts';
import { type CallFailure, misunderstood } from '../desk/bridge.ts';
import { type Language, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  // Paths and names of other programs have no blank to break a line at.
  body: { overflowWrap: 'anywhere' },
  code: {
    fontSize: tokens.fontSizeBase200,
    userSelect: 'all',
  },
});

/** The sentence of a failure; a code this version has no sentence for is one of another version. */
export function failureSentence(
  { code, params }: Pick<CallFailure, 'code' | 'params'>,
  language: Language,
): string {
  return errorSentence(isErrorCode(code) ? code : misunderstood, params, language);
}

/** What happened and what to do, where it happened; the code is small and can be copied. */
export function ErrorMessage({
  failure,
  way,
  onRetry,
  onDismiss,
}: {
  readonly failure: Pick<CallFailure, 'code' | 'params'>;
  /** What can be done about it here. */
  readonly way?: { readonly label: string; readonly onClick: () => void } | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly onDismiss?: (() => void) | undefined;
}) {
  const styles = useStyles();
  const language = useLanguage();
  const words = useTexts(texts);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody className={styles.body}>
        {failureSentence(failure, language)} <code className={styles.code}>{failure.code}</code>
      </MessageBarBody>
      {(way ?? onRetry ?? onDismiss) && (
        <MessageBarActions>
          {way && (
            <Button size="small" onClick={way.onClick}>
              {way.label}
            </Button>
          )}
          {onRetry && (
            <Button size="small" onClick={onRetry}>
              {words.retry}
            </Button>
          )}
          {onDismiss && (
            <Link as="button" onClick={onDismiss}>
              {words.close}
            </Link>
          )}
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
