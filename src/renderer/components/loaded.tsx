import type { ReactNode } from 'react';
import type { CallFailure } from '../desk/bridge.ts';
import { ErrorMessage } from './error-message.tsx';
import { Waiting } from './waiting.tsx';

/** What the desk answered; until then that it takes its time, or why it did not answer with a way to ask again. */
export function Loaded<T>({
  asked: { data, failure, slow, reload },
  children,
}: {
  readonly asked: {
    readonly data: T | undefined;
    readonly failure: CallFailure | undefined;
    readonly slow: boolean;
    readonly reload: () => void;
  };
  readonly children: (data: T) => ReactNode;
}) {
  if (data !== undefined) return children(data);
  if (failure) return <ErrorMessage failure={failure} onRetry={reload} />;
  return slow ? <Waiting /> : null;
}
