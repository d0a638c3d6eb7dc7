import { useState } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  tokens,
} from '@fluentui/react-components';
import type { FileReference } from '../../shared/ipc/call.ts';
import { PasswordDialog } from '../components/password-dialog.tsx';
import { texts as componentTexts } from '../components/texts.ts';
import { Waiting } from '../components/waiting.tsx';
import { useTexts } from '../texts/language.ts';
import { useSlow } from '../desk/use-call.ts';
import { Pages, type PagesProps } from './pages.tsx';
import { texts } from './texts.ts';
import { type Opening, usePdf } from './use-pdf.ts';

export type { PageGeometry } from './page.tsx';
export type { Place } from './pages.tsx';

export interface PdfViewProps extends PagesProps {
  readonly sha256: string;
}

const useStyles = makeStyles({
  message: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    maxWidth: '480px',
    padding: tokens.spacingHorizontalXXL,
  },
  waiting: { flexGrow: 1, alignSelf: 'stretch', height: '100%' },
});

/** A stored PDF, as large as its place allows. The caller gives the room; the view fills it and scrolls inside. */
export function PdfView({ sha256, ...pages }: PdfViewProps) {
  const opening = usePdf(sha256);
  if (opening.state === 'open') return <Pages {...pages} pdf={opening.pdf} />;
  if (opening.state === 'opening') return <Progress percent={opening.percent} />;
  if (opening.state === 'failed') return <Failed opening={opening} />;
  return <Locked file={{ sha256, name: pages.name }} opening={opening} />;
}

function Progress({ percent }: { readonly percent: number | null }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const slow = useSlow(true);
  return (
    <div className={styles.waiting}>
      {slow && <Waiting label={percent === null ? words.opening : words.openingPercent(percent)} />}
    </div>
  );
}

function Failed({ opening }: { readonly opening: Extract<Opening, { state: 'failed' }> }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <div className={styles.message}>
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{words.failed[opening.reason]}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={opening.retry}>{words.retry}</Button>
        </MessageBarActions>
      </MessageBar>
    </div>
  );
}

function Locked({
  file,
  opening,
}: {
  readonly file: FileReference;
  readonly opening: Extract<Opening, { state: 'locked' }>;
}) {
  const styles = useStyles();
  const words = useTexts(componentTexts).password;
  const [asking, setAsking] = useState(true);
  return (
    <div className={styles.message}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{words.locked}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => setAsking(true)}>{words.enter}</Button>
        </MessageBarActions>
      </MessageBar>
      {asking && <PasswordDialog file={file} onOpened={opening.opened} onClose={() => setAsking(false)} />}
    </div>
  );
}
