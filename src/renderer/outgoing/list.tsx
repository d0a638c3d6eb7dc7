import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { DocumentAddRegular } from '@fluentui/react-icons/svg/document-add';
import { kindName } from '../../shared/domain/kind-name.ts';
import type { OutgoingRow } from '../../shared/ipc/outgoing.ts';
import { useListChoice } from '../document/list-choices.ts';
import { ListRow } from '../document/list-row.tsx';
import { RegisterList } from '../document/register-list.tsx';
import { UrgencyBadge } from '../components/urgency-badge.tsx';
import { shortTime } from '../components/when.ts';
import { withKey } from '../navigation/keys.ts';
import { go } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { choices } from './filters.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  state: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
});

/** What the office writes, at whatever step it is. */
export function OutgoingList() {
  const words = useTexts(texts);
  const choice = useListChoice('outgoing', choices);
  const list = useCall('outgoing.list', choice.argument, ['outgoing', 'session']);
  return (
    <RegisterList
      words={words}
      choice={choice}
      list={list}
      action={
        <Tooltip content={withKey(words.create, 'newOutgoing')} relationship="label">
          <Button appearance="subtle" icon={<DocumentAddRegular />} onClick={() => go('outgoing', 'new')} />
        </Tooltip>
      }
      renderRow={(row) => <OutgoingRowView row={row} />}
    />
  );
}

function OutgoingRowView({ row }: { readonly row: OutgoingRow }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { now } = useSession();
  const kind = kindName(row.kindId, language);
  return (
    <ListRow
      who={`${kind} · ${row.drafter}`}
      when={shortTime(row.updatedAt, now, language)}
      code={row.code}
      subject={row.subject}
      side={
        <>
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
