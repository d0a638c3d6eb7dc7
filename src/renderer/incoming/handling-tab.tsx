import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { IncomingDetail } from '../../shared/ipc/incoming.ts';
import { showDay, showTime } from '../../shared/text/dates.ts';
import { DocumentLinks } from '../document/links.tsx';
import { fact, Facts } from '../components/facts.tsx';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0 },
  quote: {
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderLeft: `3px solid ${tokens.colorNeutralStrokeAccessible}`,
    backgroundColor: tokens.colorNeutralBackground2,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    maxWidth: '760px',
  },
  by: { color: tokens.colorNeutralForeground3 },
});

/** Who was told to do what by when, and what came of it. */
export function HandlingTab({ document }: { readonly document: IncomingDetail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { direction, closing, refusal, links } = document;
  const named = (part: 'main' | 'other') =>
    (direction?.assignments ?? []).filter((assignment) => assignment.part === part).map(({ name }) => name);
  return (
    <div className={styles.root}>
      {refusal && (
        <Part title={words.refusal}>
          <Said text={refusal.reason} by={refusal.by} at={refusal.at} />
        </Part>
      )}
      {!refusal && (
        <Part title={words.direction}>
          {direction ? (
            <>
              <Said text={direction.opinion} by={direction.by} at={direction.at} />
              <Facts
                facts={[
                  fact(words.mainHandler, named('main').join(', ')),
                  fact(words.otherHandlers, named('other').join(', ')),
                  fact(words.facts.due, direction.dueDate && showDay(direction.dueDate)),
                ]}
              />
            </>
          ) : (
            <Text className={styles.by}>{words.noDirection}</Text>
          )}
        </Part>
      )}
      {closing && (
        <Part title={words.closing}>
          <Said text={closing.result} by={closing.by} at={closing.at} />
        </Part>
      )}
      {links.length > 0 && (
        <Part title={words.links}>
          <DocumentLinks links={links} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.part}>
      <Subtitle2 as="h2" className={styles.title}>
        {title}
      </Subtitle2>
      {children}
    </section>
  );
}

function Said({ text, by, at }: { readonly text: string; readonly by: string; readonly at: number }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <>
      <blockquote className={styles.quote}>{text}</blockquote>
      <Text size={200} className={styles.by}>
        {words.byAt(by, showTime(at))}
      </Text>
    </>
  );
}
