import { type ReactNode, useState } from 'react';
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
import { useSlow } from '../shell/use-call.ts';
import type { PageGeometry } from './page.tsx';
import { Pages } from './pages.tsx';
import { texts } from './texts.ts';
import { type Opening, usePdf } from './use-pdf.ts';

export type { PageGeometry } from './page.tsx';

/** A place in the document to bring into view; a new object brings it into view again. */
export interface Place {
  readonly page: number;
  /** How far down the page, from 0 to 1. */
  readonly fraction: number;
}

export interface PdfViewProps {
  readonly sha256: string;
  /** File name, read out for the page region. */
  readonly name: string;
  /** What to lay over each page, in points from its top left corner as displayed. */
  readonly overlay?: (page: PageGeometry) => ReactNode;
  /** Whether the thumbnails of several pages are open at first; F4 opens and closes them. */
  readonly thumbnails?: boolean;
  readonly place?: Place | undefined;
  /** Told the number of pages once the document is open. */
  readonly onOpen?: (pages: number) => void;
  /** A double-click on a page, in points from its top left corner; text then is not selected by it. */
  readonly onDoubleClick?: (page: PageGeometry, x: number, y: number) => void;
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
export function PdfView(props: PdfViewProps) {
  const opening = usePdf(props.sha256);
  if (opening.state === 'open') return <Pages {...props} pdf={opening.pdf} />;
  if (opening.state === 'opening') return <Progress percent={opening.percent} />;
  if (opening.state === 'failed') return <Failed opening={opening} />;
  return <Locked file={{ sha256: props.sha256, name: props.name }} opening={opening} />;
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
