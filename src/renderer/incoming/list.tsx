import { useState } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { IncomingRow } from '../../shared/ipc/incoming.ts';
import { DocumentList } from '../components/document-list.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { ListHeader } from '../components/list-header.tsx';
import { windowSize } from '../components/list-window.ts';
import { Row } from '../components/row.tsx';
import { UrgencyBadge } from '../components/urgency-badge.tsx';
import { Waiting } from '../components/waiting.tsx';
import { dueText, shortTime } from '../components/when.ts';
import { go, replace, useRoute } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../desk/use-session.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { chipsFor, isFilter, isSort, listArgument, type Sort, sorts, usualSort } from './filters.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  overdue: { color: tokens.colorStatusDangerForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** What came in, narrowed by the chip in the address, so that Back brings the same list again. */
export function IncomingList() {
  const words = useTexts(texts);
  const { id, query } = useRoute();
  const role = useCurrentPerson()?.role ?? 'teacher';
  const filter = isFilter(query['filter']) ? query['filter'] : 'all';
  const sort = isSort(query['sort']) ? query['sort'] : usualSort(filter);
  const [text, setText] = useState('');
  const [offset, setOffset] = useState(0);
  const list = useCall('incoming.list', { ...listArgument(filter, sort, text), offset, limit: windowSize }, [
    'incoming',
    'session',
  ]);
  return (
    <>
      <ListHeader
        title={words.title}
        narrowLabel={words.narrow}
        sortLabel={words.sort}
        filters={chipsFor(role, filter).map((key) => ({ key, label: words.filters[key] }))}
        filter={filter}
        onFilter={(next) => replace('incoming', id, { ...query, filter: next })}
        sorts={(Object.keys(sorts) as Sort[]).map((key) => ({ key, label: words.sorts[key] }))}
        sort={sort}
        onSort={(next) => replace('incoming', id, { ...query, sort: next })}
        onText={setText}
      />
      {list.failure && <ErrorMessage failure={list.failure} onRetry={list.reload} />}
      {list.slow && !list.data && <Waiting />}
      {list.data && list.data.total === 0 && (
        <EmptyState>{text ? words.notFound(text) : words.empty[filter]}</EmptyState>
      )}
      {list.data && list.data.total > 0 && (
        <DocumentList
          key={`${filter} ${sort} ${text}`}
          label={words.title}
          data={{ ...list.data, offset: list.answers?.offset ?? 0 }}
          openId={id}
          onOpen={(row) => go('incoming', row.id, query)}
          onWindow={setOffset}
          renderRow={(row) => <IncomingRowView row={row} />}
        />
      )}
    </>
  );
}

function IncomingRowView({ row }: { readonly row: IncomingRow }) {
  const styles = useStyles();
  const language = useLanguage();
  const { now } = useSession();
  const done = row.state === 'closed' || row.state === 'refused';
  const due = row.dueDate && !done ? dueText(row.dueDate, now, language) : null;
  return (
    <Row
      who={row.sender.name}
      unread={row.unread}
      code={row.code}
      subject={row.subject}
      side={
        <>
          <span>{shortTime(row.arrivedAt, now, language)}</span>
          <UrgencyBadge urgency={row.urgency} />
          {due && <span className={due.overdue ? styles.overdue : ''}>{due.text}</span>}
        </>
      }
    />
  );
}
