import { type ReactElement, useState } from 'react';
import {
  Button,
  Checkbox,
  makeStyles,
  mergeClasses,
  SearchBox,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { ClockRegular } from '@fluentui/react-icons/svg/clock';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { DELIVERY_STATES, type DeliveryState } from '../../shared/domain/exchange.ts';
import type { Light } from '../../shared/domain/verification.ts';
import type { DeliveryRow } from '../../shared/ipc/exchange.ts';
import { call } from '../desk/bridge.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage, failureSentence } from '../components/error-message.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { Waiting } from '../components/waiting.tsx';
import { shortTime } from '../components/when.ts';
import { go } from '../navigation/route.ts';
import { useAct, useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
  search: { width: '320px' },
  table: { padding: `0 ${tokens.spacingHorizontalL}` },
  document: { width: '34%' },
  recipient: { width: '20%' },
  updated: { width: '80px' },
  action: { width: '88px' },
  cell: { verticalAlign: 'top', padding: tokens.spacingHorizontalS, height: 'auto' },
  state: { '& > span': { whiteSpace: 'normal' } },
  link: {
    padding: 0,
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    ':hover': { textDecoration: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  code: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  subject: {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    color: tokens.colorNeutralForeground2,
  },
  note: { display: 'block', color: tokens.colorNeutralForeground2 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalL,
  },
});

/** On its way and nothing wrong: nobody asks about it. */
const icons: Readonly<Partial<Record<DeliveryState, ReactElement>>> = {
  queued: <ClockRegular />,
  sending: <ClockRegular />,
  sent: <SendRegular />,
  recalled: <ArrowUndoRegular />,
};

const lights: Readonly<Record<DeliveryState, Light>> = {
  queued: 'unknown',
  sending: 'unknown',
  uncertain: 'caution',
  'send-failed': 'bad',
  sent: 'unknown',
  arrived: 'good',
  accepted: 'good',
  assigned: 'good',
  processing: 'good',
  finished: 'good',
  rejected: 'bad',
  'recall-pending': 'caution',
  recalled: 'unknown',
  'change-pending': 'caution',
};

const pageSize = 50;

/** Each document with each of its recipients: how far it has come, and sending again what could not be sent. */
export function Deliveries() {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [text, setText] = useState('');
  const [openOnly, setOpenOnly] = useState(false);
  const [limit, setLimit] = useState(pageSize);
  const { data, failure, slow, reload } = useCall('exchange.deliveries', { text, openOnly, limit }, [
    'exchange',
    'outgoing',
  ]);
  const nothing = text !== '' ? words.noneFound : openOnly ? words.noneOpen : words.noDeliveries;
  return (
    <>
      <div className={styles.tools}>
        <SearchBox
          className={styles.search}
          placeholder={words.search}
          aria-label={words.search}
          value={text}
          onChange={(_, { value }) => setText(value)}
        />
        <Checkbox
          label={words.openOnly}
          checked={openOnly}
          onChange={(_, { checked }) => setOpenOnly(checked === true)}
        />
      </div>
      {failure && <ErrorMessage failure={failure} onRetry={reload} />}
      {!data && slow && <Waiting />}
      {data?.total === 0 && <EmptyState>{nothing}</EmptyState>}
      {data && data.total > 0 && (
        <>
          <DeliveryTable rows={data.rows} />
          <div className={styles.foot}>
            <Text>
              {words.shown(showNumber(data.rows.length, language), showNumber(data.total, language))}
            </Text>
            {data.rows.length < data.total && limit < maximum && (
              <Button onClick={() => setLimit(Math.min(maximum, limit + pageSize))}>{words.more}</Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

/** The most rows one call gives; a longer list is narrowed by searching. */
const maximum = 200;

function DeliveryTable({ rows }: { readonly rows: readonly DeliveryRow[] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <div className={styles.table}>
      <Table size="small" aria-label={words.deliveries}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell className={styles.document}>{words.columns.document}</TableHeaderCell>
            <TableHeaderCell className={styles.recipient}>{words.columns.recipient}</TableHeaderCell>
            <TableHeaderCell>{words.columns.state}</TableHeaderCell>
            <TableHeaderCell className={styles.updated}>{words.columns.updated}</TableHeaderCell>
            <TableHeaderCell className={styles.action}>{words.columns.act}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <DeliveryLine key={row.id} row={row} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function DeliveryLine({ row }: { readonly row: DeliveryRow }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { now } = useSession();
  const retry = useAct(async () => {
    await call('exchange.retry', { deliveryId: row.id });
  });
  return (
    <>
      <TableRow>
        <TableCell className={styles.cell}>
          <button type="button" className={styles.link} onClick={() => go('outgoing', row.outgoingId)}>
            <span className={styles.code}>{row.code}</span>
            <span className={styles.subject} title={row.subject}>
              {row.subject}
            </span>
          </button>
        </TableCell>
        <TableCell className={styles.cell}>
          {row.recipient.name}
          <span className={styles.note}>{row.recipient.code}</span>
        </TableCell>
        <TableCell className={mergeClasses(styles.cell, styles.state)}>
          <LightMark light={lights[row.state]} icon={icons[row.state]}>
            {DELIVERY_STATES[row.state][language]}
          </LightMark>
          {row.note && <span className={styles.note}>{row.note}</span>}
          {row.problem && <span className={styles.note}>{failureSentence(row.problem, language)}</span>}
        </TableCell>
        <TableCell className={styles.cell}>{shortTime(row.updatedAt, now, language)}</TableCell>
        <TableCell className={styles.cell}>
          {row.state === 'send-failed' && (
            <Button
              size="small"
              aria-label={words.retryOf(row.code, row.recipient.name)}
              disabledFocusable={retry.busy}
              onClick={() => retry.run()}
            >
              {words.retry}
            </Button>
          )}
        </TableCell>
      </TableRow>
      {retry.failure && (
        <TableRow>
          <TableCell colSpan={5}>
            <ErrorMessage failure={retry.failure} onDismiss={retry.clear} />
          </TableCell>
        </TableRow>
      )}
    </>
  );
}
