import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { FileReference } from '../../shared/ipc/call.ts';
import { call } from '../bridge.ts';
import { useAct } from '../shell/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { ErrorMessage } from './error-message.tsx';
import { Facts } from './facts.tsx';
import { PinInput, takePin } from './pin-input.tsx';
import { texts } from './texts.ts';
import { useReturnFocus } from './use-return-focus.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
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
  const words = useTexts(texts);
  useReturnFocus();
  const input = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const opening = useAct(async () => {
    const password = takePin(input.current);
    setLength(0);
    await call('file.unlock', { sha256, password });
    onOpened();
  });
  const ready = length > 0 && !opening.busy;
  const refocus = opening.failure !== undefined && !opening.busy;
  useEffect(() => {
    if (refocus) input.current?.focus();
  }, [refocus]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) opening.run();
  };
  return (
    <Dialog
      open
      modalType="modal"
      onOpenChange={(_, { open }) => {
        if (!open && !opening.busy) onClose();
      }}
    >
      <DialogSurface>
        <form onSubmit={submit} autoComplete="off">
          <DialogBody>
            <DialogTitle>{words.password.title}</DialogTitle>
            <DialogContent className={styles.content}>
              <Facts facts={[[words.password.file, name]]} />
              <PinInput
                label={words.password.label}
                hints={words.password}
                input={input}
                disabled={opening.busy}
                onLength={setLength}
              />
              <Text className={styles.quiet}>{words.password.kept}</Text>
              {opening.failure && !opening.busy && <ErrorMessage failure={opening.failure} />}
            </DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={!ready}
                icon={opening.slow ? <Spinner size="tiny" /> : null}
              >
                {words.password.open}
              </Button>
              <Button disabled={opening.busy} onClick={onClose}>
                {words.password.later}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
