import { useState } from 'react';
import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import type { Change, Verification } from '../../shared/domain/verification.ts';
import { changeSentence } from '../../shared/sentences/verification.ts';
import { LightMark } from '../components/verdict-badge.tsx';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

/** Permitted changes shown at once: a file of many signatures has one for each. */
const permittedShown = 4;

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  heading: { margin: 0 },
  list: { listStyle: 'none', margin: 0, padding: 0, width: '100%' },
  change: {
    display: 'grid',
    // The sentences in line with those of the signatures, whose cards have an edge and its padding.
    gridTemplateColumns: `calc(160px + ${tokens.spacingHorizontalM} + 1px) minmax(0, 1fr)`,
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'start',
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  when: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
});

/** What came into the file after its first signature, in plain words: what was not permitted first. */
export function Changes({ verification: { changes, signatures } }: { readonly verification: Verification }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const forbidden = changes.filter(({ allowed }) => !allowed);
  const permitted = changes.filter(({ allowed }) => allowed);
  const hidden = all ? 0 : Math.max(0, permitted.length - permittedShown);
  const shown = [...forbidden, ...permitted.slice(0, permitted.length - hidden)];
  return (
    <section className={styles.root}>
      <Subtitle2 as="h3" className={styles.heading}>
        {words.changes}
      </Subtitle2>
      {changes.length === 0 ? (
        <LightMark light="good">{words.noChanges}</LightMark>
      ) : (
        <ul className={styles.list}>
          {shown.map((change) => (
            <li key={keyOf(change)} className={styles.change}>
              <LightMark light={change.allowed ? 'good' : 'bad'}>
                {change.allowed ? words.allowed : words.forbidden}
              </LightMark>
              <span>
                {changeSentence(change, language, signatures)}{' '}
                <span className={styles.when}>{words.revision(change.revision)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <Button size="small" onClick={() => setAll(true)}>
          {words.moreChanges(showNumber(hidden, language))}
        </Button>
      )}
    </section>
  );
}

const keyOf = ({ kind, revision, params }: Change) => `${kind} ${revision} ${JSON.stringify(params)}`;
