import { makeStyles, tokens } from '@fluentui/react-components';
import type { IncomingRow } from '../../shared/ipc/incoming.ts';
import { useListChoice } from '../document/list-choices.ts';
import { ListRow } from '../document/list-row.tsx';
import { RegisterList } from '../document/register-list.tsx';
import { UrgencyBadge } from '../components/urgency-badge.tsx';
import { dueText, shortTime } from '../components/when.ts';
import { useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { choices } from './filters.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  overdue: { color: tokens.colorStatusDangerForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** What came in. */
export function IncomingList() {
  const words = useTexts(texts);
  const choice = useListChoice('incoming', choices);
  const list = useCall('incoming.list', choice.argument, ['incoming', 'session']);
  return (
    <RegisterList
      words={words}
      choice={choice}
      list={list}
      renderRow={(row) => <IncomingRowView row={row} />}
    />
  );
}

function IncomingRowView({ row }: { readonly row: IncomingRow }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { now } = useSession();
  const done = row.state === 'closed' || row.state === 'refused';
  const due = row.dueDate && !done ? dueText(row.dueDate, now, language) : null;
  return (
    <ListRow
      who={
        row.arrivalNumber === null
          ? row.sender.name
          : `${words.arrivalNumber(row.arrivalNumber)} · ${row.sender.name}`
      }
      when={shortTime(row.arrivedAt, now, language)}
      unread={row.unread}
      code={row.code}
      subject={row.subject}
      side={
        <>
          <UrgencyBadge urgency={row.urgency} />
          {due ? (
            <span className={due.overdue ? styles.overdue : ''}>{due.text}</span>
          ) : (
            <span>{words.states[row.state]}</span>
          )}
        </>
      }
    />
  );
}
