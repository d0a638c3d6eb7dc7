import { useRef, useState } from 'react';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { FileReference } from '../../shared/ipc/call.ts';
import { call } from '../desk/bridge.ts';
import { useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { ErrorMessage } from './error-message.tsx';
import { Facts } from './facts.tsx';
import { PinInput, takePin } from './pin-input.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Asks for the password of a file. The desk keeps it until the program ends; this window keeps it nowhere. */
export function PasswordDialog({
  file: { sha256, name },
  onOpened,
  onClose,
}: {
  readonly file: FileReference;
  readonly onOpened: () => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts).password;
  const input = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const opening = useAct(async () => {
    const password = takePin(input.current);
    setLength(0);
    await call('file.unlock', { sha256, password });
    onOpened();
  });
  return (
    <SecretDialog
      title={words.title}
      action={words.open}
      act={opening}
      ready={length > 0}
      input={input}
      dismiss={words.later}
      spinner
      onClose={onClose}
    >
      <Facts facts={[[words.file, name]]} />
      <PinInput
        label={words.label}
        hints={words}
        input={input}
        disabled={opening.busy}
        onLength={setLength}
      />
      <Text className={styles.quiet}>{words.kept}</Text>
      {opening.failure && !opening.busy && <ErrorMessage failure={opening.failure} />}
    </SecretDialog>
  );
}
