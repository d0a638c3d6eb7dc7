import { lazy, type ReactNode, Suspense, useState } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { Attachment } from '../../shared/ipc/documents.ts';
import type { PageGeometry, Place } from '../pdf/index.tsx';
import { useRoute } from '../navigation/route.ts';
import { useTexts } from '../texts/language.ts';
import { AttachmentBar, mainAttachment } from './attachment-bar.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { texts } from '../components/texts.ts';
import { VerificationStrip } from '../verification/strip.tsx';
import { Waiting } from '../components/waiting.tsx';

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

/** A file that grows by a signature or a proof has another hash and is still the file somebody chose. */
const sameFile = (file: Attachment | undefined) => file && `${file.role} ${file.name}`;

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
  // An address may name one of the files, also one made just now that comes when the document is read anew.
  const named = query['file'];
  const addressed = files.findLast(({ name, role }) => name === named || role === named);
  const [chosen, setChosen] = useState<string>();
  const shown = files.find((file) => sameFile(file) === chosen) ?? addressed ?? main;
  return (
    <div className={styles.root}>
      <AttachmentBar files={files} shown={shown} onShow={(file) => setChosen(sameFile(file))} />
      {shown === main && printed}
      {shown && shown !== main && shown.verdict !== null && shown.verdict !== 'unsigned' && (
        <VerificationStrip key={shown.sha256} sha256={shown.sha256} />
      )}
      <div className={styles.view}>
        {shown ? (
          <Suspense fallback={<Waiting />}>
            <PdfView
              key={shown.sha256}
              sha256={shown.sha256}
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
