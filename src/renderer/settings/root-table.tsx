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
import { Hidden } from '../components/hidden.tsx';
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
  day: { width: '96px' },
  trust: { width: '232px' },
  action: { width: '88px' },
  hash: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    userSelect: 'all',
  },
  how: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The authorities of one class: name and fingerprint, until when, and whether they are trusted and why. */
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
  // Known by fingerprint only, none of them tells its end or can be removed.
  const isImported = roots.some(({ origin }) => origin === 'imported');
  return (
    <Table size="small" aria-label={label}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{words.roots.subject}</TableHeaderCell>
          {isImported && <TableHeaderCell className={styles.day}>{words.roots.notAfter}</TableHeaderCell>}
          <TableHeaderCell className={styles.trust}>{words.roots.trust}</TableHeaderCell>
          {isImported && (
            <TableHeaderCell className={styles.action}>
              <Hidden>{words.remove}</Hidden>
            </TableHeaderCell>
          )}
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
            {isImported && (
              <TableCell className={styles.cell}>
                {root.notAfter === null ? '–' : showDay(localDay(root.notAfter))}
              </TableCell>
            )}
            <TableCell className={styles.cell}>
              <LightMark light={root.trusted ? 'good' : 'unknown'}>
                {root.trusted ? words.roots.trusted : words.roots.notTrusted}
              </LightMark>
              <span className={styles.how}>{howKnown(root, words.roots)}</span>
            </TableCell>
            {isImported && (
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
            )}
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
