import { useState } from 'react';
import {
  Button,
  Link,
  makeStyles,
  Subtitle2,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { COPY_FORMS } from '../../../shared/domain/copies.ts';
import type { SignedFile } from '../../../shared/ipc/file-acts.ts';
import { showTime } from '../../../shared/text/dates.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { Hidden } from '../../components/hidden.tsx';
import { saveFile } from '../../components/save-file.ts';
import { SideDrawer } from '../../components/side-drawer.tsx';
import { VerdictBadge } from '../../components/verdict-badge.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { useCall } from '../../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../../texts/language.ts';
import { VerificationPanel } from '../../verification/index.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  heading: { margin: 0 },
  none: { color: tokens.colorNeutralForeground3 },
  cell: { height: 'auto', padding: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
  at: { width: '176px' },
  as: { width: '136px' },
  verdict: { width: '200px' },
  save: { width: '96px' },
});

/** How many are asked for at a time. */
const step = 20;
/** The desk gives no more at once. */
const most = 200;

/** What the person has signed that belongs to no document, newest first. */
export function SignedFiles() {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [limit, setLimit] = useState(step);
  const [looked, setLooked] = useState<SignedFile>();
  const list = useCall('file-act.list', { limit }, ['signed-files', 'verification', 'session']);
  if (list.failure && !list.data) return <ErrorMessage failure={list.failure} onRetry={list.reload} />;
  if (!list.data) return list.slow ? <Waiting /> : null;
  const { rows, total } = list.data;
  const more = Math.min(step, total - rows.length, most - limit);
  return (
    <section className={styles.root} aria-label={words.signed}>
      <Subtitle2 as="h2" className={styles.heading}>
        {words.signed}
      </Subtitle2>
      {rows.length === 0 ? (
        <Text className={styles.none}>{words.none}</Text>
      ) : (
        <Table size="small" aria-label={words.signed}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{words.columns.name}</TableHeaderCell>
              <TableHeaderCell className={styles.at}>{words.columns.at}</TableHeaderCell>
              <TableHeaderCell className={styles.as}>{words.columns.as}</TableHeaderCell>
              <TableHeaderCell className={styles.verdict}>{words.columns.verdict}</TableHeaderCell>
              <TableHeaderCell className={styles.save}>{words.columns.save}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((file) => (
              <TableRow key={file.id}>
                <TableCell className={styles.cell}>{file.name}</TableCell>
                <TableCell className={styles.cell}>{showTime(file.signedAt)}</TableCell>
                <TableCell className={styles.cell}>
                  {[words.kinds[file.holder], file.form && COPY_FORMS[file.form][language]]
                    .filter(Boolean)
                    .join(' · ')}
                </TableCell>
                <TableCell className={styles.cell}>
                  {file.verdict === null ? (
                    words.checking
                  ) : (
                    <Link as="button" title={words.open(file.name)} onClick={() => setLooked(file)}>
                      <VerdictBadge verdict={file.verdict} />
                      <Hidden>{words.open(file.name)}</Hidden>
                    </Link>
                  )}
                </TableCell>
                <TableCell className={styles.cell}>
                  <Button
                    size="small"
                    icon={<ArrowDownloadRegular />}
                    aria-label={words.saveOf(file.name)}
                    onClick={() => saveFile(file)}
                  >
                    {words.save}
                  </Button>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {more > 0 && (
        <Button size="small" onClick={() => setLimit(limit + step)}>
          {words.more(showNumber(more, language))}
        </Button>
      )}
      {looked && (
        <SideDrawer title={words.result} onClose={() => setLooked(undefined)}>
          <VerificationPanel sha256={looked.sha256} />
        </SideDrawer>
      )}
    </section>
  );
}
