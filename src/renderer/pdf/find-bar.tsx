import { useEffect, useRef } from 'react';
import { Button, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUpRegular } from '@fluentui/react-icons/svg/chevron-up';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';
import type { Find } from './use-find.ts';

const useStyles = makeStyles({
  bar: {
    position: 'absolute',
    top: tokens.spacingVerticalS,
    right: tokens.spacingHorizontalXL,
    zIndex: 2,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow8,
  },
  input: { width: '220px' },
  state: { minWidth: '72px', textAlign: 'center', color: tokens.colorNeutralForeground2 },
});

/** The field of Ctrl+F. Enter goes on, Shift+Enter back, Esc closes. */
export function FindBar({
  find,
  total,
  onClose,
}: {
  readonly find: Find;
  readonly total: number;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);

  return (
    <search className={styles.bar}>
      <Input
        input={{ ref: input }}
        className={styles.input}
        type="search"
        size="small"
        aria-label={words.find}
        placeholder={words.find}
        value={find.words}
        onChange={(_, { value }) => find.setWords(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          find.go(event.shiftKey ? -1 : 1);
        }}
      />
      <Text className={styles.state} size={200} aria-live="polite">
        <FindState find={find} total={total} />
      </Text>
      <Button
        size="small"
        appearance="subtle"
        icon={<ChevronUpRegular />}
        title={words.findPrevious}
        aria-label={words.findPrevious}
        disabled={find.total === 0}
        onClick={() => find.go(-1)}
      />
      <Button
        size="small"
        appearance="subtle"
        icon={<ChevronDownRegular />}
        title={words.findNext}
        aria-label={words.findNext}
        disabled={find.total === 0}
        onClick={() => find.go(1)}
      />
      <Button
        size="small"
        appearance="subtle"
        icon={<DismissRegular />}
        title={words.findClose}
        aria-label={words.findClose}
        onClick={onClose}
      />
    </search>
  );
}

function FindState({ find, total }: { readonly find: Find; readonly total: number }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const show = (value: number) => showNumber(value, language);
  if (find.words.trim() === '') return null;
  if (find.noText) return words.noText;
  if (find.total > 0) return words.found(show(find.position), show(find.total));
  if (find.reading !== null) return words.searching(show(find.reading), show(total));
  return words.notFound;
}
