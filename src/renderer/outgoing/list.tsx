import { useState } from 'react';
import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { DocumentAddRegular } from '@fluentui/react-icons/svg/document-add';
import { kindById } from '../../shared/domain/kinds.ts';
import type { OutgoingRow } from '../../shared/ipc/outgoing.ts';
import { DocumentList } from '../components/document-list.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { ListHeader } from '../components/list-header.tsx';
import { windowSize } from '../components/list-window.ts';
import { Row } from '../components/row.tsx';
import { UrgencyBadge } from '../components/urgency-badge.tsx';
import { Waiting } from '../components/waiting.tsx';
import { shortTime } from '../components/when.ts';
import { withKey } from '../navigation/keys.ts';
import { go, replace, useRoute } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../desk/use-session.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { chipsFor, isFilter, isSort, listArgument, type Sort, sorts } from './filters.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  state: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
});

/** What the office writes, at whatever step it is. */
export function OutgoingList() {
  const words = useTexts(texts);
  const { id, query } = useRoute();
  const role = useCurrentPerson()?.role ?? 'teacher';
  const filter = isFilter(query['filter']) ? query['filter'] : 'all';
  const sort = isSort(query['sort']) ? query['sort'] : 'updated';
  const [text, setText] = useState('');
  const [offset, setOffset] = useState(0);
  const list = useCall('outgoing.list', { ...listArgument(filter, sort, text), offset, limit: windowSize }, [
    'outgoing',
    'session',
  ]);
  const create = (
    <Tooltip content={withKey(words.create, 'newOutgoing')} relationship="label">
      <Button appearance="subtle" icon={<DocumentAddRegular />} onClick={() => go('outgoing', 'new')} />
    </Tooltip>
  );
  return (
    <>
      <ListHeader
        title={words.title}
        narrowLabel={words.narrow}
        sortLabel={words.sort}
        filters={chipsFor(role, filter).map((key) => ({ key, label: words.filters[key] }))}
        filter={filter}
        onFilter={(next) => replace('outgoing', id, { ...query, filter: next })}
        sorts={(Object.keys(sorts) as Sort[]).map((key) => ({ key, label: words.sorts[key] }))}
        sort={sort}
        onSort={(next) => replace('outgoing', id, { ...query, sort: next })}
        onText={setText}
        action={create}
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
          onOpen={(row) => go('outgoing', row.id, { filter, sort })}
          onWindow={setOffset}
          renderRow={(row) => <OutgoingRowView row={row} />}
        />
      )}
    </>
  );
}

function OutgoingRowView({ row }: { readonly row: OutgoingRow }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { now } = useSession();
  const kind = kindById(row.kindId)?.[language] ?? row.kindId;
  return (
    <Row
      who={`${kind} · ${row.drafter}`}
      code={row.code}
      subject={row.subject}
      side={
        <>
          <span>{shortTime(row.updatedAt, now, language)}</span>
          <UrgencyBadge urgency={row.urgency} />
          <span className={styles.state}>
            {row.state === 'issued' && row.recipients > 0
              ? words.arrived(row.arrived, row.recipients)
              : words.states[row.state]}
          </span>
        </>
      }
    />
  );
}
