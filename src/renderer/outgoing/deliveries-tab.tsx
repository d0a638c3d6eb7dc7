import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { DELIVERY_STATES } from '../../shared/domain/exchange.ts';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import { showTime } from '../../shared/text/dates.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    textAlign: 'left',
    verticalAlign: 'top',
  },
  whole: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  code: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** How far the document has come with each recipient; before it is issued, to whom it will go. */
export function DeliveriesTab({ document }: { readonly document: OutgoingDetail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { recipients, deliveries } = document;
  if (recipients.length === 0) return <Text>{words.noRecipients}</Text>;
  if (deliveries.length === 0) {
    return (
      <div className={styles.root}>
        <Text>{words.notIssued}</Text>
        <ul className={styles.list}>
          {recipients.map(({ code, name }) => (
            <li key={code}>
              {name} <span className={styles.code}>{code}</span>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {[words.recipient, words.delivery, words.deliveredAt, words.deliveryNote].map((name) => (
            <th key={name} scope="col" className={styles.cell}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {deliveries.map(({ id, recipient, state, updatedAt, note }) => (
          <tr key={id}>
            <td className={styles.cell}>
              {recipient.name} <span className={styles.code}>{recipient.code}</span>
            </td>
            <td className={mergeClasses(styles.cell, styles.whole)}>{DELIVERY_STATES[state][language]}</td>
            <td className={mergeClasses(styles.cell, styles.whole)}>{showTime(updatedAt)}</td>
            <td className={styles.cell}>{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
