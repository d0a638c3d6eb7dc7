import { useState } from 'react';
import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { type NumberedKind, numberedTopics, records } from '../../shared/domain/records.ts';
import type { Hit } from '../../shared/ipc/search.ts';
import { showDay } from '../../shared/text/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Waiting } from '../components/waiting.tsx';
import { formatHash, routeTo, useRoute } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { markMatches } from './marks.ts';
import { texts } from './texts.ts';

/** By colour too it is seen whether a document came or went. */
const colours = { incoming: 'brand', outgoing: 'informative' } as const satisfies Record<
  NumberedKind,
  string
>;

const step = 30;
const most = 100;

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroll: { flex: '1 1 0', minHeight: 0, overflowY: 'auto', padding: `0 ${tokens.spacingHorizontalL}` },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxWidth: '860px' },
  hit: {
    display: 'block',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  code: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  excerpt: {
    color: tokens.colorNeutralForeground2,
    margin: `${tokens.spacingVerticalXS} 0 0`,
    overflowWrap: 'anywhere',
    '& mark': {
      backgroundColor: tokens.colorPaletteYellowBackground2,
      color: tokens.colorNeutralForeground1,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  more: { padding: tokens.spacingVerticalL },
});

export function SearchScreen() {
  const words = useTexts(texts);
  const text = useRoute().query['text'] ?? '';
  if (!text) return <EmptyState icon={<SearchRegular />}>{words.ask}</EmptyState>;
  return <Results key={text} text={text} />;
}

function Results({ text }: { readonly text: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [limit, setLimit] = useState(step);
  const { data, failure, slow, reload } = useCall('search.find', { text, limit }, numberedTopics);
  return (
    <div className={styles.root}>
      <PageHeader
        title={words.title(text)}
        overline={data && <Text>{words.found(showNumber(data.total, language))}</Text>}
      />
      <div className={styles.scroll}>
        {failure && <ErrorMessage failure={failure} onRetry={reload} />}
        {slow && !data && <Waiting />}
        {data?.total === 0 && <EmptyState icon={<SearchRegular />}>{words.none(text)}</EmptyState>}
        <ul className={styles.list}>
          {data?.hits.map((hit) => (
            <li key={`${hit.kind} ${hit.id}`}>
              <HitView hit={hit} text={text} />
            </li>
          ))}
        </ul>
        {data && data.total > data.hits.length && limit < most && (
          <div className={styles.more}>
            <Button onClick={() => setLimit(Math.min(most, limit + step))}>{words.more}</Button>
          </div>
        )}
      </div>
    </div>
  );
}

function HitView({ hit, text }: { readonly hit: Hit; readonly text: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <a className={styles.hit} href={formatHash(routeTo(records[hit.kind].place, hit.id))}>
      <span className={styles.head}>
        <Badge appearance="tint" color={colours[hit.kind]} shape="rounded">
          {words.kinds[hit.kind]}
        </Badge>
        {hit.code && <span className={styles.code}>{hit.code}</span>}
        {hit.date && <Text className={styles.quiet}>{showDay(hit.date)}</Text>}
        <Text className={styles.quiet}>{hit.party}</Text>
      </span>
      <Text block>{hit.subject}</Text>
      {hit.excerpt && (
        <p className={styles.excerpt}>
          {markMatches(hit.excerpt, text).map(({ start, text: part, match }) =>
            match ? <mark key={start}>{part}</mark> : <span key={start}>{part}</span>,
          )}
        </p>
      )}
    </a>
  );
}
