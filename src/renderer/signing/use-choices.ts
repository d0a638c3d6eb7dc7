import { useState } from 'react';
import type { SigningAct } from './acts.ts';
import { type Asked, useCall } from '../shell/use-call.ts';
import { type Choice, choiceKey, choices as choicesOf } from './certificates.ts';

export interface Choices {
  /** Name of whoever has to sign. */
  readonly signer: string;
  readonly choices: readonly Choice[];
  readonly choice: Choice | undefined;
  readonly choose: (key: string) => void;
  readonly asked: Asked<'signing.tokens'>;
}

/** The certificates plugged in, and the one to sign with: the signer's own unless another is chosen. */
export function useChoices(act: SigningAct, signer: string): Choices {
  const asked = useCall('signing.tokens', {}, ['tokens', 'settings']);
  const [chosen, choose] = useState<string>();
  const kind = act === 'approve' ? 'person' : 'office';
  const choices = choicesOf(asked.data?.tokens ?? [], { kind, name: signer });
  const choice = choices.find((each) => choiceKey(each) === chosen) ?? choices[0];
  return { signer, choices, choice, choose, asked };
}
