import { type KeyboardEvent, type RefObject, useState } from 'react';
import { Field, makeStyles, Text, tokens } from '@fluentui/react-components';
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

/** No PIN is longer (PKCS#11 tokens name less, PKCS#12 files name nothing). */
export const longestPin = 256;

/**
 * The PIN stands in the input element and nowhere else: no state, no store (Fluent's Input would keep a copy). Whoever
 * reads it empties the element, with `takePin`.
 */
export function PinInput({
  label,
  hint,
  hints,
  input,
  maxLength = longestPin,
  disabled = false,
  onLength,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  /** About the keyboard, where it is no PIN. */
  readonly hints?: { readonly accents: string; readonly unikey: string };
  readonly input: RefObject<HTMLInputElement | null>;
  readonly maxLength?: number;
  readonly disabled?: boolean;
  readonly onLength: (length: number) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts).pin;
  const [capsLock, setCapsLock] = useState(false);
  const [accents, setAccents] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div className={styles.root}>
      <Field label={label} hint={hint ?? null}>
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
            maxLength={maxLength}
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
          {accents ? (hints ?? words).accents : (hints ?? words).unikey}
        </Text>
      </div>
    </div>
  );
}

/** The PIN leaves the element it was typed into. */
export function takePin(input: HTMLInputElement | null): string {
  if (!input) return '';
  const pin = input.value;
  input.value = '';
  return pin;
}
