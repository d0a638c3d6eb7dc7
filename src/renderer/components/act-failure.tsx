import { call, type CallFailure } from '../desk/bridge.ts';
import { useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { ErrorMessage } from './error-message.tsx';
import { texts } from './texts.ts';

/** Doubts about the clock, which the person may dispel. */
export const doubtsClock = (code: string): boolean =>
  code === 'documents.clock-back' || code === 'documents.clock-away';

/** Why an act failed; where only the clock is in doubt, the person says that it is right and the act is done again. */
export function ActFailure({
  failure,
  again,
  onDismiss,
}: {
  readonly failure: CallFailure;
  readonly again: () => void;
  readonly onDismiss?: (() => void) | undefined;
}) {
  const words = useTexts(texts);
  const confirming = useAct(async () => {
    await call('session.confirm-clock', {});
    again();
  });
  return (
    <ErrorMessage
      failure={confirming.failure ?? failure}
      way={
        doubtsClock(failure.code) ? { label: words.clockIsRight, onClick: () => confirming.run() } : undefined
      }
      onDismiss={onDismiss}
    />
  );
}
