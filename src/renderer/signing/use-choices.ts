import { useState } from 'react';
import type { Holder } from '../../shared/domain/holder.ts';
import { type Asked, useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { type Choice, choiceKey, choices as choicesOf } from './certificates.ts';

export interface Choices {
  /** Who has to sign. */
  readonly holder: Holder;
  readonly choices: readonly Choice[];
  readonly choice: Choice | undefined;
  readonly choose: (key: string) => void;
  readonly asked: Asked<'signing.tokens'>;
}

/** The certificates plugged in, and the one to sign with: the signer's own unless another is chosen. */
export function useChoices(holder: Holder): Choices {
  const asked = useCall('signing.tokens', { includeExpired: true }, ['tokens', 'settings']);
  const { now } = useSession();
  const [chosen, choose] = useState<string>();
  const choices = choicesOf(asked.data?.tokens ?? [], holder, now);
  const choice = choices.find((each) => choiceKey(each) === chosen) ?? choices[0];
  return { holder, choices, choice, choose, asked };
}
