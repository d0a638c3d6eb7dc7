import { useState } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Settings } from '../../shared/ipc/settings.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { addFile, call } from '../bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { useAct } from '../shell/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { FileButton } from './file-button.tsx';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

type Root = Settings['roots'][number];

const useStyles = makeStyles({
  add: { display: 'flex' },
  cell: {
    verticalAlign: 'top',
    padding: tokens.spacingHorizontalS,
    height: 'auto',
    overflowWrap: 'anywhere',
  },
  subject: { width: '52%' },
  day: { width: '96px' },
  action: { width: '104px' },
  hash: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    userSelect: 'all',
  },
});

/** Whose hierarchies this office trusts; what the program brought along stays. */
export function RootsSection({
  roots,
  mayChange,
}: {
  readonly roots: readonly Root[];
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [added, setAdded] = useState<number>();
  const [removing, setRemoving] = useState<Root>();
  const add = useAct(async (file: File) => {
    setAdded(undefined);
    const { sha256, name } = await addFile(file);
    setAdded((await call('settings.add-roots', { sha256, name })).added);
  });
  return (
    <Section title={words.sections.roots} hint={words.roots.hint}>
      {roots.length === 0 ? (
        <Text>{words.roots.empty}</Text>
      ) : (
        <RootTable roots={roots} mayChange={mayChange} onRemove={setRemoving} />
      )}
      {add.failure && <ErrorMessage failure={add.failure} onDismiss={add.clear} />}
      {added !== undefined && (
        <MessageBar intent="success">
          <MessageBarBody>{words.roots.added(showNumber(added, language))}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.add}>
        <FileButton
          label={words.roots.add}
          accept=".cer,.crt,.pem,.der,.p7b,.p7c"
          disabled={!mayChange || add.busy}
          onFile={add.run}
        />
      </div>
      {removing && (
        <ActDialog
          careful
          title={words.roots.removeOf(removing.subject)}
          action={words.remove}
          act={async () => {
            await call('settings.remove-root', { sha256: removing.sha256 });
          }}
          onClose={() => setRemoving(undefined)}
        >
          <Text>{words.roots.confirm(removing.subject)}</Text>
        </ActDialog>
      )}
    </Section>
  );
}

function RootTable({
  roots,
  mayChange,
  onRemove,
}: {
  readonly roots: readonly Root[];
  readonly mayChange: boolean;
  readonly onRemove: (root: Root) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <Table size="small" aria-label={words.sections.roots}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={styles.subject}>{words.roots.subject}</TableHeaderCell>
          <TableHeaderCell className={styles.day}>{words.roots.notAfter}</TableHeaderCell>
          <TableHeaderCell>{words.roots.origin}</TableHeaderCell>
          <TableHeaderCell className={styles.action}>{words.roots.act}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {roots.map((root) => (
          <TableRow key={root.sha256}>
            <TableCell className={styles.cell}>
              {root.subject}
              <code className={styles.hash} title={words.roots.fingerprint}>
                {root.sha256}
              </code>
            </TableCell>
            <TableCell className={styles.cell}>{showDay(localDay(root.notAfter))}</TableCell>
            <TableCell className={styles.cell}>{words.roots.origins[root.origin]}</TableCell>
            <TableCell className={styles.cell}>
              {root.origin === 'imported' && (
                <Button
                  size="small"
                  aria-label={words.roots.removeOf(root.subject)}
                  disabled={!mayChange}
                  onClick={() => onRemove(root)}
                >
                  {words.remove}
                </Button>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
