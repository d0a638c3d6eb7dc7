import {
  Button,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import type { Settings } from '../../shared/ipc/settings.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

export type Root = Settings['roots'][number];

const useStyles = makeStyles({
  cell: {
    verticalAlign: 'top',
    padding: tokens.spacingHorizontalS,
    height: 'auto',
    overflowWrap: 'anywhere',
    '& > span': { whiteSpace: 'normal' },
  },
  trust: { width: '240px' },
  hash: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    userSelect: 'all',
  },
  how: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  remove: { marginTop: tokens.spacingVerticalXS },
});

/** The authorities of one class: name and fingerprint, and whether they are trusted, why and until when. */
export function RootTable({
  label,
  roots,
  mayChange,
  onRemove,
}: {
  readonly label: string;
  readonly roots: readonly Root[];
  readonly mayChange: boolean;
  readonly onRemove: (root: Root) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <Table size="small" aria-label={label}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{words.roots.subject}</TableHeaderCell>
          <TableHeaderCell className={styles.trust}>{words.roots.trust}</TableHeaderCell>
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
            <TableCell className={styles.cell}>
              <LightMark light={root.trusted ? 'good' : 'unknown'}>
                {root.trusted ? words.roots.trusted : words.roots.notTrusted}
              </LightMark>
              <span className={styles.how}>{howKnown(root, words.roots)}</span>
              {root.problem && <ErrorMessage failure={root.problem} />}
              {root.notAfter !== null && (
                <span className={styles.how}>{words.roots.until(showDay(localDay(root.notAfter)))}</span>
              )}
              {root.origin === 'imported' && (
                <Button
                  className={styles.remove}
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

function howKnown({ origin, confidence }: Root, words: typeof texts.vi.roots): string {
  if (origin === 'imported') return words.imported;
  const known: Readonly<Record<string, string>> = words.confidence;
  return known[confidence] ?? confidence;
}
