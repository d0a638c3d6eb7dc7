import { useState } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  tokens,
} from '@fluentui/react-components';
import { Waiting } from '../components/waiting.tsx';
import { useSession } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { type Notice, useNotices } from './notices.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  part: {
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: `${tokens.spacingVerticalXS} 0`,
    '& summary': { cursor: 'pointer', borderRadius: tokens.borderRadiusMedium },
    '& summary:focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  license: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase300 },
  text: {
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
});

/** What the program is, which one it is, and whose work is inside it. */
export function About() {
  const words = useTexts(texts);
  const { version } = useSession();
  const [round, setRound] = useState(0);
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.what}</p>
      <p>{words.version(version)}</p>
      <p>{words.license}</p>
      <Parts key={round} onRetry={() => setRound(round + 1)} />
    </>
  );
}

function Parts({ onRetry }: { readonly onRetry: () => void }) {
  const words = useTexts(texts);
  const answer = useNotices();
  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed')
    return (
      <MessageBar intent="error">
        <MessageBarBody>{words.failed}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={onRetry}>{words.retry}</Button>
        </MessageBarActions>
      </MessageBar>
    );
  return (
    <section aria-label={words.parts(answer.notices.length)}>
      <h2>{words.parts(answer.notices.length)}</h2>
      <p>{words.partsHint}</p>
      {answer.notices.map((notice) => (
        <Part key={`${notice.name} ${notice.version}`} notice={notice} />
      ))}
    </section>
  );
}

function Part({ notice: { name, version, license, texts: licenceTexts } }: { readonly notice: Notice }) {
  const styles = useStyles();
  return (
    <details className={styles.part}>
      <summary>
        {name} {version} <span className={styles.license}>{license}</span>
      </summary>
      {licenceTexts.map((text) => (
        <pre key={text} className={styles.text} lang="en">
          {text}
        </pre>
      ))}
    </details>
  );
}
