import { numberedTopics } from '../../shared/domain/records.ts';
import { useState } from 'react';
import { Button, makeStyles, mergeClasses, Tab, TabList, tokens } from '@fluentui/react-components';
import { PrintRegular } from '@fluentui/react-icons/svg/print';
import { type Register, registerNames } from '../../shared/domain/registers.ts';
import type { Book } from '../../shared/ipc/register.ts';
import { DateField } from '../components/date-field.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useKey } from '../navigation/keys.ts';
import { go } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { columnsOf, showCell } from './columns.ts';
import { Paper } from './paper.tsx';
import { isPeriod, monthToDate, type Period, yearToDate } from './period.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
  day: { width: '176px' },
  scroller: {
    flexGrow: 1,
    overflow: 'auto',
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL}`,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'collapse' },
  heading: {
    position: 'sticky',
    top: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXS}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    textAlign: 'left',
    verticalAlign: 'bottom',
  },
  row: { cursor: 'pointer', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase300,
    // Ten columns on a narrow screen.
    '@media (max-width: 1200px)': { fontSize: tokens.fontSizeBase200 },
    overflowWrap: 'break-word',
    verticalAlign: 'top',
  },
  figure: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  link: {
    padding: 0,
    border: 'none',
    background: 'none',
    font: 'inherit',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForegroundLink,
    textAlign: 'left',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

const print = () => window.print();

/** The two registers of NĐ 30/2020, Phụ lục IV, for any period, on screen and on paper. */
export function RegisterScreen() {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { now } = useSession();
  const [book, setBook] = useState<Register>('incoming');
  const [period, setPeriod] = useState<Period>(() => yearToDate(now));
  const valid = isPeriod(period);
  const { data, failure, slow, reload } = useCall(
    'register.book',
    valid ? { book, ...period } : null,
    numberedTopics,
  );
  const shown = valid && data?.book === book ? data : undefined;
  useKey('print', print, shown !== undefined);

  return (
    <div className={styles.root}>
      <PageHeader
        title={words.title}
        overline={shown && words.rows(showNumber(shown.rows.length, language))}
        primary={{
          key: 'print',
          label: words.print,
          icon: <PrintRegular />,
          onClick: print,
          disabled: shown === undefined,
        }}
      />
      <div className={styles.tools}>
        <TabList
          selectedValue={book}
          aria-label={words.choose}
          onTabSelect={(_, { value }) => setBook(value as Register)}
        >
          {registerNames.map((register) => (
            <Tab key={register} value={register}>
              {words.tabs[register]}
            </Tab>
          ))}
        </TabList>
        <PeriodPicker period={period} onChange={setPeriod} />
      </div>
      {failure && <ErrorMessage failure={failure} onRetry={reload} />}
      {!shown && slow && <Waiting />}
      {shown?.rows.length === 0 && <EmptyState>{words.empty}</EmptyState>}
      {shown && shown.rows.length > 0 && <BookTable book={shown} />}
      {shown && <Paper book={shown} />}
    </div>
  );
}

function PeriodPicker({
  period,
  onChange,
}: {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { now } = useSession();
  return (
    <>
      <div className={styles.day}>
        <DateField
          label={words.from}
          value={period.from}
          onChange={(from) => from && onChange({ ...period, from })}
        />
      </div>
      <div className={styles.day}>
        <DateField
          label={words.to}
          value={period.to}
          min={period.from}
          onChange={(to) => to && onChange({ ...period, to })}
        />
      </div>
      <Button onClick={() => onChange(monthToDate(now))}>{words.thisMonth}</Button>
      <Button onClick={() => onChange(yearToDate(now))}>{words.thisYear}</Button>
    </>
  );
}

function BookTable({ book }: { readonly book: Book }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const columns = columnsOf(book.book, words);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the keyboard (axe: scrollable-region-focusable)
    <section className={styles.scroller} aria-label={words.books[book.book]} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ key, type, heading, width }) => (
              <th
                key={key}
                scope="col"
                className={mergeClasses(styles.heading, type === 'number' && styles.figure)}
                style={{ width: `${width}%` }}
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {book.rows.map(({ id, cells }) => (
            <tr key={id}>
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={mergeClasses(styles.cell, column.type === 'number' && styles.figure)}
                >
                  {column.key === 'code' ? (
                    <button type="button" className={styles.link} onClick={() => go(book.book, id)}>
                      {showCell(column, cells)}
                    </button>
                  ) : (
                    showCell(column, cells)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
