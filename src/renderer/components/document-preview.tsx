import { lazy, type ReactNode, Suspense, useState } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { Attachment } from '../../shared/ipc/documents.ts';
import { fileUrl } from '../bridge.ts';
import type { PageGeometry, Place } from '../pdf/index.tsx';
import { useRoute } from '../shell/navigation.ts';
import { useTexts } from '../texts/language.ts';
import { AttachmentBar, mainAttachment } from './attachment-bar.tsx';
import { EmptyState } from './empty-state.tsx';
import { texts } from './texts.ts';
import { Waiting } from './waiting.tsx';

const PdfView = lazy(async () => ({ default: (await import('../pdf/index.tsx')).PdfView }));

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: 0 },
  view: { flex: '1 1 0', minHeight: 0 },
});

/** What is laid over the main file. */
export interface PreviewLayers {
  readonly overlay?: (page: PageGeometry) => ReactNode;
  /** What to bring into view. */
  readonly place?: Place | undefined;
  /** Present while the main file is shown, to join in when it is printed. */
  readonly printed?: ReactNode;
}

/** The document as it looks, its other files above it. */
export function DocumentPreview({
  files,
  overlay,
  place,
  printed,
}: PreviewLayers & { readonly files: readonly Attachment[] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const main = mainAttachment(files);
  const { query } = useRoute();
  // An address may name one of the files.
  const [chosen, setChosen] = useState(query['file']);
  const shown = files.find(({ sha256 }) => sha256 === chosen) ?? main;
  return (
    <div className={styles.root}>
      <AttachmentBar files={files} shown={shown} onShow={({ sha256 }) => setChosen(sha256)} />
      {shown === main && printed}
      <div className={styles.view}>
        {shown ? (
          <Suspense fallback={<Waiting />}>
            <PdfView
              key={shown.sha256}
              url={fileUrl(shown.sha256)}
              name={shown.name}
              {...(shown === main && overlay && { overlay })}
              place={shown === main ? place : undefined}
            />
          </Suspense>
        ) : (
          <EmptyState>{words.noPdf}</EmptyState>
        )}
      </div>
    </div>
  );
}
