import { lazy, Suspense, useState } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Repair } from '../../shared/domain/repairs.ts';
import type { FileReference } from '../../shared/ipc/call.ts';
import { call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useCall } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from '../components/texts.ts';

const PdfView = lazy(async () => ({ default: (await import('../pdf/index.tsx')).PdfView }));

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: tokens.spacingHorizontalM },
  side: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    height: 'min(56vh, 640px)',
    minHeight: 0,
  },
  page: { flex: '1 1 0', minHeight: 0, border: `1px solid ${tokens.colorNeutralStroke2}` },
});

/** The field that was used may lie at the foot of the screen, and what is wrong below it. */
const intoView = (bar: HTMLElement | null) => bar?.scrollIntoView({ block: 'nearest' });

/** What is wrong with a PDF just chosen, in words, and the copy that is offered in its place. */
export function FileTrouble({
  file,
  isMain = false,
  onTaken,
}: {
  readonly file: FileReference;
  /** The document itself: one that comes signed needs no second signature. */
  readonly isMain?: boolean;
  /** The person has chosen the copy. */
  readonly onTaken: (copy: FileReference) => void;
}) {
  const words = useTexts(texts).trouble;
  const [comparing, setComparing] = useState(false);
  const { data } = useCall('file.examine', { sha256: file.sha256, name: file.name }, []);
  if (!data) return null;
  if (data.signed && isMain)
    return (
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{words.signed(file.name)}</MessageBarBody>
      </MessageBar>
    );
  if (!data.problem) return null;
  if (!data.copy)
    return (
      <div ref={intoView}>
        <ErrorMessage failure={data.problem} />
      </div>
    );
  const { copy } = data;
  return (
    <div ref={intoView}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{words.title(file.name)}</MessageBarTitle>
          <RepairList repairs={copy.repairs} />
          {words.offer}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => setComparing(true)}>{words.look}</Button>
        </MessageBarActions>
      </MessageBar>
      {comparing && (
        <CompareDialog file={file} copy={copy} onTaken={onTaken} onClose={() => setComparing(false)} />
      )}
    </div>
  );
}

function RepairList({ repairs }: { readonly repairs: readonly Repair[] }) {
  const styles = useStyles();
  const words = useTexts(texts).trouble;
  return (
    <ul className={styles.list}>
      {repairs.map((repair) => (
        <li key={repair}>{words.repairs[repair]}</li>
      ))}
    </ul>
  );
}

/** Both as they look, side by side: what is signed later is what the person has seen here. */
function CompareDialog({
  file,
  copy,
  onTaken,
  onClose,
}: {
  readonly file: FileReference;
  readonly copy: { readonly sha256: string; readonly repairs: readonly Repair[] };
  readonly onTaken: (copy: FileReference) => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts).trouble;
  const sides = [
    { heading: words.before, sha256: file.sha256 },
    { heading: words.after, sha256: copy.sha256 },
  ];
  return (
    <ActDialog
      wide
      title={words.dialog(file.name)}
      action={words.take}
      act={async () => onTaken(await call('file.take-copy', { sha256: file.sha256, name: file.name }))}
      onClose={onClose}
    >
      <RepairList repairs={copy.repairs} />
      <Text>{words.kept}</Text>
      <div className={styles.pair}>
        {sides.map(({ heading, sha256 }) => (
          <section key={heading} className={styles.side} aria-label={heading}>
            <Text weight="semibold">{heading}</Text>
            <div className={styles.page}>
              <Suspense fallback={<Waiting />}>
                <PdfView sha256={sha256} name={file.name} />
              </Suspense>
            </div>
          </section>
        ))}
      </div>
    </ActDialog>
  );
}
