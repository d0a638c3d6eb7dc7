import { useState } from 'react';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import { type Asked, useCall } from '../shell/use-call.ts';
import { useSession } from '../shell/use-session.ts';
import { type Choice, choiceKey, choices as choicesOf } from './certificates.ts';
import type { SigningAct } from './pin-dialog.tsx';

export interface Choices {
  /** Name of whoever has to sign. */
  readonly signer: string;
  readonly choices: readonly Choice[];
  readonly choice: Choice | undefined;
  readonly choose: (key: string) => void;
  readonly asked: Asked<'signing.tokens'>;
}

/** The certificates plugged in, and the one to sign with: the signer's own unless another is chosen. */
export function useChoices(act: SigningAct, { signer: { name } }: OutgoingDetail): Choices {
  const { officeName } = useSession();
  const asked = useCall('signing.tokens', {}, ['tokens', 'settings']);
  const [chosen, choose] = useState<string>();
  const signer = act === 'approve' ? name : officeName;
  const choices = choicesOf(asked.data?.tokens ?? [], signer, act === 'approve' ? 'person' : 'office');
  const choice = choices.find((each) => choiceKey(each) === chosen) ?? choices[0];
  return { signer, choices, choice, choose, asked };
}
