import { type FormEvent, type ReactNode, type RefObject, useEffect } from 'react';
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
  tokens,
} from '@fluentui/react-components';
import type { Act } from '../desk/use-call.ts';
import { useReturnFocus } from './use-return-focus.ts';

const useStyles = makeStyles({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    // The last of it may be a message in a frame of its own.
    paddingBottom: tokens.spacingVerticalS,
  },
});

/**
 * A dialog around a `PinInput`: Enter does the act, and after a failure the input, emptied by then, has the focus again.
 * It cannot be left while the act goes on.
 */
export function SecretDialog({
  title,
  action,
  act,
  ready,
  input,
  dismiss,
  instead,
  spinner = false,
  onClose,
  children,
}: {
  readonly title: string;
  /** The verb on the button. */
  readonly action: string;
  readonly act: Act<[]>;
  /** False while something needed is missing. */
  readonly ready: boolean;
  readonly input: RefObject<HTMLInputElement | null>;
  /** The words for giving up. */
  readonly dismiss: string;
  /** Takes the place of giving up while the act goes on. */
  readonly instead?: ReactNode;
  /** The button itself says that the act takes long. */
  readonly spinner?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  useReturnFocus();
  const able = ready && !act.busy;
  const refocus = act.failure !== undefined && !act.busy;
  useEffect(() => {
    if (refocus) input.current?.focus();
  }, [refocus, input]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (able) act.run();
  };
  return (
    <Dialog
      open
      modalType="modal"
      onOpenChange={(_, { open }) => {
        if (!open && !act.busy) onClose();
      }}
    >
      <DialogSurface>
        <form onSubmit={submit} autoComplete="off">
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>{children}</DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={!able}
                icon={spinner && act.slow ? <Spinner size="tiny" /> : null}
              >
                {action}
              </Button>
              {(act.busy && instead) || (
                <Button disabledFocusable={act.busy} onClick={onClose}>
                  {dismiss}
                </Button>
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
