import { type ReactNode, useRef, useState } from 'react';
import { Checkbox, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { TokenInfo } from '../../shared/domain/token.ts';
import type { Argument } from '../../shared/ipc/index.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { takePin } from '../components/pin-input.tsx';
import { SecretDialog } from '../components/secret-dialog.tsx';
import { useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { PinField, PinWarnings } from './pin-field.tsx';
import { isPinLength } from './pin-limits.ts';
import { texts } from './texts.ts';

/** One entry of a token's PIN. */
export type PinEntry = Argument<'signing.learn'>;

/** What says by itself how few tries are left. */
const saysTries: ReadonlySet<string> = new Set(['token.wrong-pin-low', 'token.wrong-pin-final']);

/**
 * Asks for the PIN of a token and does something with it. Whatever goes wrong is said here, and the PIN is asked for
 * again; nothing can be entered while the token is locked or not there.
 */
export function LoginDialog({
  title,
  action,
  facts,
  token,
  gone = false,
  ready = true,
  confirmations,
  progress,
  stop,
  enter,
  onClose,
  children,
}: {
  readonly title: string;
  /** The verb on the button. */
  readonly action: string;
  /** What it is about, as the person knows it. */
  readonly facts: readonly Fact[];
  readonly token: TokenInfo;
  /** It has been pulled out since the dialog was opened. */
  readonly gone?: boolean;
  /** False while something must still be confirmed. */
  readonly ready?: boolean;
  readonly confirmations?: ReactNode;
  /** Shown once the work has lasted a while. */
  readonly progress?: ReactNode;
  /** Takes the place of giving up while the work goes on. */
  readonly stop?: ReactNode;
  readonly enter: (entry: PinEntry) => Promise<void>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  const words = useTexts(texts).pin;
  const input = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const [certain, setCertain] = useState(false);
  const [tries, setTries] = useState(0);
  const entering = useAct(async () => {
    setTries(tries + 1);
    const pin = takePin(input.current);
    setLength(0);
    await enter({ tokenId: token.id, pin, acceptFinalTry: token.pin.finalTry && certain });
  });
  const { protectedPath, locked, finalTry } = token.pin;
  const usable = !locked && !gone;
  const typed = protectedPath || isPinLength(token.pin, length);
  const said = entering.busy ? undefined : entering.failure?.code;

  return (
    <SecretDialog
      title={title}
      action={action}
      act={entering}
      ready={usable && typed && ready && (certain || !finalTry)}
      input={input}
      dismiss={words.cancel}
      instead={stop}
      onClose={onClose}
    >
      <Facts facts={facts} />
      {children}
      {entering.failure && said && <ErrorMessage failure={entering.failure} />}
      {gone && !entering.busy && !said && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{words.gone}</MessageBarBody>
        </MessageBar>
      )}
      {locked && !gone && said !== 'token.pin-locked' && (
        <ErrorMessage failure={{ code: 'token.pin-locked', params: {} }} />
      )}
      {usable && (
        <>
          {!(said && saysTries.has(said)) && <PinWarnings token={token} />}
          {finalTry && (
            <Checkbox
              label={words.certain}
              checked={certain}
              onChange={(_, { checked }) => setCertain(checked === true)}
            />
          )}
          {confirmations}
          {protectedPath ? (
            <Text>{words.onDevice}</Text>
          ) : (
            <PinField key={tries} token={token} input={input} disabled={entering.busy} onLength={setLength} />
          )}
        </>
      )}
      {entering.slow && progress}
    </SecretDialog>
  );
}
