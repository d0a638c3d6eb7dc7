import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Settings } from '../../shared/ipc/settings.ts';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { PartHeading } from './section.tsx';
import { texts } from './texts.ts';

type SignerKind = Settings['signerKinds'][number];

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  hash: {
    flex: '1 1 0',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase100,
    overflowWrap: 'anywhere',
    userSelect: 'all',
  },
});

/** Certificates about which this office decided whether they are a person's or an agency's. */
export function SignerKinds({
  signerKinds,
  mayChange,
}: {
  readonly signerKinds: readonly SignerKind[];
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts).roots;
  const turn = useAct(async ({ fingerprint, kind }: SignerKind) => {
    await call('settings.save-signer-kind', {
      fingerprint,
      kind: kind === 'agency' ? 'personal' : 'agency',
    });
  });
  if (signerKinds.length === 0) return null;
  return (
    <div>
      <PartHeading>{words.signerKinds}</PartHeading>
      {turn.failure && <ErrorMessage failure={turn.failure} onDismiss={turn.clear} />}
      <ul className={styles.list}>
        {signerKinds.map((word) => (
          <li key={word.fingerprint} className={styles.row}>
            <code className={styles.hash} title={words.fingerprint}>
              {word.fingerprint}
            </code>
            <Text>{words.kinds[word.kind]}</Text>
            <Button size="small" disabled={!mayChange || turn.busy} onClick={() => turn.run(word)}>
              {words.turn[word.kind]}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
