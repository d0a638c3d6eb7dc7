import type { Holder } from '../../shared/domain/holder.ts';
import type { Result } from '../../shared/ipc/index.ts';
import type { signingActs } from '../../shared/ipc/signing.ts';

export type SigningAct = (typeof signingActs)[number];
export type Signed = Result<'signing.sign'>;
export type BatchResult = Result<'signing.sign-batch'>;

/** Whose certificate an act takes: the leader's own to approve, the office's to seal. */
export const holderOf = (act: SigningAct, person: string, office: string): Holder =>
  act === 'approve' ? { kind: 'person', name: person } : { kind: 'office', name: office };
