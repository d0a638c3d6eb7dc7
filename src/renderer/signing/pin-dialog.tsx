import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Argument } from '../../shared/ipc/index.ts';
import { call, CallFailure } from '../bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { takePin } from '../components/pin-input.tsx';
import { useReturnFocus } from '../components/use-return-focus.ts';
import { type Act, useAct, useProgress } from '../shell/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import type { Choice } from './certificates.ts';
import { PinField, PinWarnings } from './pin-field.tsx';
import { isPinLength } from './pin-limits.ts';
import { texts } from './texts.ts';

/** What one login needs, for one document or for many. */
export type Login = Omit<Argument<'signing.sign'>, 'id' | 'act' | 'boxes'>;

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  progress: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
});

/**
 * Asks for the PIN and signs. It names what is signed and whose certificate it is; whatever goes wrong is said here,
 * the documents stay as they were, and the PIN is asked for again.
 */
export function PinDialog({
  title,
  action,
  what,
  choice: { token, certificate },
  offline,
  sign,
  onFailed,
  onClose,
  children,
}: {
  readonly title: string;
  /** The verb on the button. */
  readonly action: string;
  /** What is signed, as the person knows it. */
  readonly what: Fact;
  readonly choice: Choice;
  /** Revocation cannot be asked about now: the person is told and confirms (TT 15/2025/TT-BKHCN, Phụ lục II). */
  readonly offline: boolean;
  readonly sign: (login: Login) => Promise<void>;
  readonly onFailed: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const words = useTexts(texts).pin;
  useReturnFocus();
  const input = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const [certain, setCertain] = useState(false);
  const [unchecked, setUnchecked] = useState(false);
  const [clock, setClock] = useState(false);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const [taskId, setTaskId] = useState<string | null>(null);
  const signing = useAct(async () => {
    const task = crypto.randomUUID();
    setTaskId(task);
    const pin = takePin(input.current);
    setLength(0);
    try {
      await sign({
        tokenId: token.id,
        certificateSha256: certificate.sha256,
        pin,
        acceptFinalTry: token.pin.finalTry && certain,
        acceptUnchecked: unchecked,
        acceptClock: clock,
        taskId: task,
      });
    } catch (error) {
      if (error instanceof CallFailure) setRefusals([...refusals, error.code]);
      onFailed();
      throw error;
    }
  });
  const { protectedPath, locked, finalTry } = token.pin;
  // What the desk wants confirmed is known beforehand, or from its refusal.
  const asksUnchecked = offline || refusals.includes('documents.revocation-unchecked');
  const asksClock = refusals.some(
    (code) => code === 'documents.clock-back' || code === 'documents.clock-away',
  );
  const typed = protectedPath || isPinLength(token.pin, length);
  const confirmed = (certain || !finalTry) && (unchecked || !asksUnchecked) && (clock || !asksClock);
  const ready = !signing.busy && !locked && typed && confirmed;
  const refocus = signing.failure !== undefined && !signing.busy;
  useEffect(() => {
    if (refocus) input.current?.focus();
  }, [refocus]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) signing.run();
  };

  return (
    <Dialog
      open
      modalType="modal"
      onOpenChange={(_, { open }) => {
        if (!open && !signing.busy) onClose();
      }}
    >
      <DialogSurface>
        <form onSubmit={submit} autoComplete="off">
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              <Facts facts={[what, [words.owner, certificate.subjectName], [words.token, token.label]]} />
              {children}
              {locked ? (
                <ErrorMessage failure={{ code: 'token.pin-locked', params: {} }} />
              ) : (
                <PinWarnings token={token} />
              )}
              {finalTry && !locked && (
                <Checkbox
                  label={words.certain}
                  checked={certain}
                  onChange={(_, { checked }) => setCertain(checked === true)}
                />
              )}
              {asksUnchecked && !locked && (
                <Checkbox
                  label={words.unchecked}
                  checked={unchecked}
                  onChange={(_, { checked }) => setUnchecked(checked === true)}
                />
              )}
              {asksClock && !locked && (
                <Checkbox
                  label={words.clock}
                  checked={clock}
                  onChange={(_, { checked }) => setClock(checked === true)}
                />
              )}
              {!locked && protectedPath && <Text>{words.onDevice}</Text>}
              {!locked && !protectedPath && (
                <PinField
                  key={taskId}
                  token={token}
                  input={input}
                  disabled={signing.busy}
                  onLength={setLength}
                />
              )}
              {signing.slow && taskId && <SigningProgress taskId={taskId} />}
              {signing.failure && !signing.busy && <ErrorMessage failure={signing.failure} />}
            </DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabledFocusable={!ready}>
                {action}
              </Button>
              {signing.busy && taskId ? (
                <StopButton taskId={taskId} />
              ) : (
                <Button onClick={onClose}>{words.cancel}</Button>
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

function SigningProgress({ taskId }: { readonly taskId: string }) {
  const styles = useStyles();
  const words = useTexts(texts).pin;
  const language = useLanguage();
  const progress = useProgress(taskId);
  if (!progress) return <ProgressBar aria-label={words.working} />;
  const { done, total, label } = progress;
  const show = (value: number) => showNumber(value, language);
  return (
    <div className={styles.progress}>
      <Text>{total > 1 ? words.workingOn(label, show(done), show(total)) : words.workingOne(label)}</Text>
      <ProgressBar value={done} max={Math.max(1, total)} aria-label={words.working} />
    </div>
  );
}

function StopButton({ taskId }: { readonly taskId: string }) {
  const words = useTexts(texts).pin;
  const stop: Act<[]> = useAct(async () => {
    await call('task.cancel', { taskId });
  });
  return (
    <Button disabledFocusable={stop.busy} onClick={() => stop.run()}>
      {words.stop}
    </Button>
  );
}
