import type { ReactNode } from 'react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useKey, withKey } from '../navigation/keys.ts';
import { useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { ActFailure } from './act-failure.tsx';
import { texts } from './texts.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useReturnFocus } from './use-return-focus.ts';

const useStyles = makeStyles({
  wide: { maxWidth: 'min(1240px, 94vw)' },
  // Fluent's own limit breaks a sentence on a button although there is room.
  actions: { '& .fui-Button': { whiteSpace: 'nowrap', maxWidth: 'none' } },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    // A field is as broad as the dialog, not as its longest choice.
    '& .fui-Field': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/**
 * A dialog around one act: what it needs to know, the blue button named with its verb, and its failure in place. It
 * stays open, with everything typed, until the act succeeds or is given up.
 * `careful`: what cannot be undone. The safe button has the focus, and no key does it by accident.
 */
export function ActDialog({
  title,
  action,
  act,
  onClose,
  ready = true,
  careful = false,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly action: string;
  readonly act: () => Promise<void>;
  readonly onClose: () => void;
  /** False while something needed is missing. */
  readonly ready?: boolean;
  readonly careful?: boolean;
  /** For what is looked at side by side. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  useReturnFocus();
  // The safe answer is the default (WCAG 3.3.4).
  const safe = useFirstFocus(careful);
  const doing = useAct(async () => {
    await act();
    onClose();
  });
  const unavailable = !ready || doing.busy;
  useKey('primary', doing.run, !unavailable && !careful);
  return (
    <Dialog
      open
      modalType={careful ? 'alert' : 'modal'}
      onOpenChange={(_, { open, type }) => {
        // A click beside the dialog is a slip of the hand, not a wish to lose what was typed.
        if (!open && type !== 'backdropClick' && !doing.busy) onClose();
      }}
    >
      <DialogSurface className={mergeClasses(wide && styles.wide)}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          {/* What is only read and longer than the window must scroll by key; whoever types stands in a field already. */}
          <DialogContent className={styles.content} {...(careful && { tabIndex: 0 })}>
            {children}
            {doing.failure && <ActFailure failure={doing.failure} again={doing.run} />}
          </DialogContent>
          <DialogActions className={styles.actions}>
            <Button
              appearance="primary"
              disabledFocusable={unavailable}
              icon={doing.slow ? <Spinner size="tiny" /> : null}
              title={careful ? action : withKey(action, 'primary')}
              onClick={() => doing.run()}
            >
              {action}
            </Button>
            <Button ref={safe} disabled={doing.busy} onClick={onClose}>
              {careful ? words.back : words.cancel}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
