import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Light } from '../../shared/domain/verification.ts';
import type { CheckRow } from '../../shared/ipc/outgoing.ts';
import { LightMark } from '../components/verdict-badge.tsx';
import { useLanguage, useTexts } from '../texts/language.ts';
import { checkWords } from './checks.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '760px' },
  table: { borderCollapse: 'collapse', width: '100%' },
  row: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS} 0`,
    textAlign: 'left',
    verticalAlign: 'top',
    fontWeight: tokens.fontWeightRegular,
  },
  failed: { color: tokens.colorNeutralForeground3 },
  result: { width: '150px', whiteSpace: 'nowrap' },
});

const lights: Readonly<Record<CheckRow['result'], Light>> = {
  pass: 'good',
  warn: 'caution',
  block: 'bad',
  ask: 'unknown',
};

/** What must be fixed comes first, what passed last. */
const order: readonly CheckRow['result'][] = ['block', 'ask', 'warn', 'pass'];

/** The clerk's check of form (NĐ 30/2020, Điều 12.2): what the program saw, and what only a person can see. */
export function ChecksTab({ checks }: { readonly checks: readonly CheckRow[] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  if (checks.length === 0) return <Text>{words.checks.none}</Text>;
  const sorted = checks.toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  return (
    <div className={styles.root}>
      <Text weight="semibold">
        {words.checks.summary(checks.filter(({ result }) => result === 'block').length)}
      </Text>
      <table className={styles.table}>
        <tbody>
          {sorted.map((check) => {
            const { row, failed } = checkWords(check, language);
            return (
              <tr key={`${check.rule} ${JSON.stringify(check.params)}`} className={styles.row}>
                <th scope="row" className={styles.cell}>
                  {row}
                  {failed && (
                    <Text block size={200} className={styles.failed}>
                      {failed}
                    </Text>
                  )}
                </th>
                <td className={`${styles.cell} ${styles.result}`}>
                  <LightMark light={lights[check.result]}>{words.checks.result[check.result]}</LightMark>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
