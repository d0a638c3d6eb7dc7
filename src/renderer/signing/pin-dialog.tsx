import { type ReactNode, useEffect, useState } from 'react';
import { Button, Checkbox, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { Argument } from '../../shared/ipc/index.ts';
import { call, CallFailure } from '../desk/bridge.ts';
import { doubtsClock } from '../components/act-failure.tsx';
import type { Fact } from '../components/facts.tsx';
import { type Act, useAct, useProgress } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { type Choice, choiceKey } from './certificates.ts';
import { LoginDialog } from './login-dialog.tsx';
import { texts } from './texts.ts';
import type { Choices } from './use-choices.ts';

/** What one login needs, for one document or for many. */
export type Login = Omit<Argument<'signing.sign'>, 'id' | 'act' | 'boxes'>;

const useStyles = makeStyles({
  progress: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
});

interface Signing {
  readonly title: string;
  /** The verb on the button. */
  readonly action: string;
  /** What is signed, as the person knows it. */
  readonly what: Fact;
  /** Revocation cannot be asked about now: the person is told and confirms (TT 15/2025/TT-BKHCN, Phụ lục II). */
  readonly offline: boolean;
  readonly sign: (login: Login) => Promise<void>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/**
 * Asks for the PIN of the certificate that was chosen when it was opened, and signs: no other takes its place under the
 * person's fingers, also when its token is pulled out.
 */
export function PinDialog({ certificates, ...signing }: Signing & { readonly certificates: Choices }) {
  const { choices, choice, asked } = certificates;
  const [held, hold] = useState(choice);
  if (!held && choice) hold(choice);
  const { reload } = asked;
  // How many tries are left may have changed since the token was looked at, by another program too.
  useEffect(reload, [reload]);
  if (!held) return null;
  const now = choices.find((each) => choiceKey(each) === choiceKey(held));
  return <SignDialog {...signing} choice={now ?? held} gone={!now} onFailed={reload} />;
}

/** Names what is signed and whose certificate it is; when it fails, the documents stay as they were. */
function SignDialog({
  title,
  action,
  what,
  choice: { token, certificate },
  gone,
  offline,
  sign,
  onFailed,
  onClose,
  children,
}: Signing & { readonly choice: Choice; readonly gone: boolean; readonly onFailed: () => void }) {
  const words = useTexts(texts).pin;
  const [unchecked, setUnchecked] = useState(false);
  const [clock, setClock] = useState(false);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const [taskId, setTaskId] = useState<string | null>(null);
  // What the desk wants confirmed is known beforehand, or from its refusal.
  const asksUnchecked = offline || refusals.includes('documents.revocation-unchecked');
  const asksClock = refusals.some(doubtsClock);
  return (
    <LoginDialog
      title={title}
      action={action}
      facts={[what, [words.owner, certificate.subjectName], [words.token, token.label]]}
      token={token}
      gone={gone}
      ready={(unchecked || !asksUnchecked) && (clock || !asksClock)}
      confirmations={
        <>
          {asksUnchecked && (
            <Checkbox
              label={words.unchecked}
              checked={unchecked}
              onChange={(_, { checked }) => setUnchecked(checked === true)}
            />
          )}
          {asksClock && (
            <Checkbox
              label={words.clock}
              checked={clock}
              onChange={(_, { checked }) => setClock(checked === true)}
            />
          )}
        </>
      }
      progress={taskId !== null && <SigningProgress taskId={taskId} />}
      stop={taskId !== null && <StopButton taskId={taskId} />}
      enter={async (entry) => {
        const task = crypto.randomUUID();
        setTaskId(task);
        const accepted = { acceptUnchecked: unchecked, acceptClock: clock };
        try {
          await sign({ ...entry, ...accepted, certificateSha256: certificate.sha256, taskId: task });
        } catch (error) {
          if (error instanceof CallFailure) setRefusals([...refusals, error.code]);
          onFailed();
          throw error;
        }
      }}
      onClose={onClose}
    >
      {children}
    </LoginDialog>
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
