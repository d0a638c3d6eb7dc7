import { makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { type ExpiryWarning, expiryWarning } from '../../shared/domain/expiry.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  soon: { color: tokens.colorStatusWarningForeground3 },
});

const intents = { 30: 'warning', 7: 'error', 0: 'error' } as const satisfies Partial<
  Record<ExpiryWarning, string>
>;

/** How long a certificate still lasts: a quiet line while there is time, then louder, with what to do. */
export function ExpiryNotice({ days, name }: { readonly days: number; readonly name?: string }) {
  const styles = useStyles();
  const words = useTexts(texts).expiry;
  const language = useLanguage();
  const warning = expiryWarning(days);
  const left = days > 0 ? words.days(showNumber(days, language)) : words.today;
  const whose = name === undefined ? left : words.of(name, left);
  if (warning === null) return <Text className={styles.quiet}>{whose}</Text>;
  const sentence = `${whose} ${words.renew[warning]}`;
  if (warning === 90) return <Text className={styles.soon}>{sentence}</Text>;
  return (
    <MessageBar intent={intents[warning]} layout="multiline">
      <MessageBarBody>{sentence}</MessageBarBody>
    </MessageBar>
  );
}
