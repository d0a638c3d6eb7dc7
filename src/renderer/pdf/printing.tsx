import { useEffect, useRef, useState } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { printPdf } from './print-pdf.ts';
import { texts } from './texts.ts';
import type { OpenPdf } from './use-pdf.ts';

export interface Printing {
  /** The page being prepared, or that it could not be done; null when nothing is printed. */
  readonly state: { readonly page: number } | 'failed' | null;
  readonly start: () => void;
  readonly cancel: () => void;
}

export function usePrinting(pdf: OpenPdf): Printing {
  const [state, setState] = useState<Printing['state']>(null);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const start = () => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const show = (next: Printing['state']) => {
      if (!controller.signal.aborted) setState(next);
    };
    printPdf(pdf, controller.signal, (page) => show({ page })).then(
      () => show(null),
      () => show('failed'),
    );
  };
  const cancel = () => {
    abort.current?.abort();
    setState(null);
  };
  return { state, start, cancel };
}

const useStyles = makeStyles({
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** How far the print-out is, in place; nothing when none is being made. */
export function PrintingLine({ printing, pages }: { readonly printing: Printing; readonly pages: number }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { state, start, cancel } = printing;
  if (state === null) return null;
  if (state === 'failed') {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{words.printFailed}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={start}>{words.print}</Button>
          <Button onClick={cancel}>{words.cancel}</Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  return (
    <div className={styles.line}>
      <Text wrap={false}>
        {words.printing(showNumber(state.page, language), showNumber(pages, language))}
      </Text>
      <ProgressBar value={state.page} max={pages} aria-label={words.print} />
      <Button size="small" onClick={cancel}>
        {words.cancel}
      </Button>
    </div>
  );
}
