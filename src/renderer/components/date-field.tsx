import { useRef, useState } from 'react';
import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { CalendarRegular } from '@fluentui/react-icons/svg/calendar';
import { useTexts } from '../texts/language.ts';
import { parseDay, writeDay } from './day.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { position: 'relative' },
  // The native field inside asks for more than its place has.
  input: { width: '100%', minWidth: 0 },
  picker: { position: 'absolute', right: 0, bottom: 0, width: '32px', opacity: 0, pointerEvents: 'none' },
});

/**
 * A day typed or picked as people here write it, 20/11/2026, whatever language the browser was installed in: the native
 * field would show 11/20/2026 there.
 */
export function DateField({
  label,
  value,
  min,
  required = false,
  onChange,
}: {
  readonly label: string;
  /** `2026-11-20` or null. */
  readonly value: string | null;
  readonly min?: string;
  readonly required?: boolean;
  readonly onChange: (day: string | null) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts).dateField;
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const wrong = typed !== undefined && typed.trim() !== '' && parseDay(typed) === null;
  const early = value !== null && min !== undefined && value < min;
  const take = (text: string) => {
    setTyped(text);
    onChange(parseDay(text));
  };
  return (
    <Field
      label={label}
      required={required}
      {...((wrong || early) && {
        validationMessage: wrong ? words.wrong : words.early(writeDay(min ?? null)),
        validationState: wrong ? ('error' as const) : ('warning' as const),
      })}
    >
      <Input
        className={styles.input}
        value={typed ?? writeDay(value)}
        placeholder={words.placeholder}
        inputMode="numeric"
        maxLength={10}
        onChange={(_, { value: text }) => take(text)}
        onBlur={() => {
          if (!wrong) setTyped(undefined);
        }}
        contentAfter={
          <span className={styles.root}>
            <input
              ref={picker}
              className={styles.picker}
              type="date"
              tabIndex={-1}
              aria-hidden
              min={min}
              value={value ?? ''}
              onChange={(event) => {
                setTyped(undefined);
                onChange(event.currentTarget.value || null);
              }}
            />
            <Button
              appearance="transparent"
              size="small"
              icon={<CalendarRegular />}
              aria-label={words.pick(label)}
              onClick={() => picker.current?.showPicker()}
            />
          </span>
        }
      />
    </Field>
  );
}
