import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ExchangeState } from '../../shared/ipc/exchange.ts';
import { ErrorMessage, failureSentence } from '../components/error-message.tsx';
import { useLanguage } from '../texts/language.ts';

/** Why the last attempt did not succeed: quiet when the program tries again by itself, red when it needs a person. */
export function ExchangeProblem({ state: { problem, phase } }: { readonly state: ExchangeState }) {
  const language = useLanguage();
  if (!problem) return null;
  if (phase === 'halted') return <ErrorMessage failure={problem} />;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{failureSentence(problem, language)}</MessageBarBody>
    </MessageBar>
  );
}
