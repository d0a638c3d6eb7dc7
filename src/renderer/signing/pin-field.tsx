import { type KeyboardEvent, type RefObject, useState } from 'react';
import { Field, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import type { TokenInfo } from '../../shared/domain/token.ts';
import { useSession } from '../shell/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  input: {
    height: '32px',
    boxSizing: 'border-box',
    padding: `0 ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    letterSpacing: '0.2em',
    ':focus-visible': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
  },
  warning: { color: tokens.colorStatusWarningForeground3 },
});

/** What the token says before anybody types: one try left is in red, above the field. */
export function PinWarnings({ token }: { readonly token: TokenInfo }) {
  const words = useTexts(texts).pin;
  const { finalTry, countLow } = token.pin;
  if (finalTry) {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{words.finalTry}</MessageBarBody>
      </MessageBar>
    );
  }
  return countLow ? (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{words.countLow}</MessageBarBody>
    </MessageBar>
  ) : null;
}

/** Whether a PIN of that length may be sent to the token; a maximum of 0 means that it names none. */
export function isPinLength({ pin }: TokenInfo, length: number): boolean {
  return length >= Math.max(1, pin.minLength) && (pin.maxLength === 0 || length <= pin.maxLength);
}

/**
 * The PIN stands in the input element and nowhere else: no state, no store (Fluent's Input would keep a copy). Whoever
 * reads it empties the element.
 */
export function PinField({
  token,
  input,
  disabled,
  onLength,
}: {
  readonly token: TokenInfo;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly disabled: boolean;
  readonly onLength: (length: number) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts).pin;
  const { demo } = useSession();
  const [capsLock, setCapsLock] = useState(false);
  const [accents, setAccents] = useState(false);
  const { minLength, maxLength } = token.pin;
  const shown = demo?.tokens.find(({ label }) => label === token.label);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const length =
    maxLength > 0 ? words.length(String(minLength), String(maxLength)) : words.atLeast(String(minLength));

  return (
    <div className={styles.root}>
      <Field label={words.label} hint={length}>
        {(control) => (
          <input
            {...control}
            ref={input}
            className={styles.input}
            type="password"
            autoComplete="off"
            autoCorrect="off"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type this
            autoFocus
            spellCheck={false}
            maxLength={maxLength > 0 ? maxLength : 256}
            disabled={disabled}
            onChange={({ currentTarget: { value } }) => {
              onLength(value.length);
              setAccents(/[^\u0020-\u007e]/.test(value));
            }}
            onKeyDown={watch}
            onKeyUp={watch}
          />
        )}
      </Field>
      <div aria-live="polite">
        {capsLock && (
          <Text block className={styles.warning}>
            {words.capsLock}
          </Text>
        )}
        <Text block {...(accents && { className: styles.warning })} size={accents ? 300 : 200}>
          {accents ? words.accents : words.unikey}
        </Text>
      </div>
      {shown && <Text weight="semibold">{words.demo(shown.pin)}</Text>}
    </div>
  );
}
