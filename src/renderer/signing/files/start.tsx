import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { grantOf } from '../../../shared/domain/permissions.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import { FileField } from '../../components/file-field.tsx';
import { type HeaderAction, PageHeader } from '../../components/page-header.tsx';
import { replace } from '../../navigation/route.ts';
import { useCurrentPerson } from '../../desk/use-session.ts';
import { useTexts } from '../../texts/language.ts';
import { SignedFiles } from './signed-files.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { height: '100%', overflowY: 'auto' },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
    maxWidth: '960px',
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXL}`,
  },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** Where files are chosen, and what was signed before. */
export function FilesStart({
  most,
  onFiles,
}: {
  readonly most: number;
  readonly onFiles: (files: readonly FileReference[]) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const person = useCurrentPerson();
  const may = (...capabilities: Parameters<typeof grantOf>[1][]) =>
    person !== undefined && capabilities.some((each) => grantOf(person.role, each) !== undefined);
  const others: HeaderAction[] = [];
  if (may('outgoing.sign', 'outgoing.seal'))
    others.push({ key: 'waiting', label: words.waiting, onClick: () => replace('signing') });
  if (may('copy.sign'))
    others.push({
      key: 'copy',
      label: words.paperCopy,
      onClick: () => replace('signing', null, { copy: 'paper' }),
    });
  return (
    <div className={styles.root} data-pane>
      <PageHeader title={words.title} others={others} />
      <div className={styles.body}>
        <Text className={styles.hint}>{words.hint}</Text>
        <FileField
          label={words.choose}
          hint={words.chooseHint}
          extension=".pdf"
          files={[]}
          most={most}
          primary
          onChange={onFiles}
        />
        <SignedFiles />
      </div>
    </div>
  );
}
