import type { Result } from '../../shared/ipc/index.ts';
import type { signingActs } from '../../shared/ipc/signing.ts';

export type SigningAct = (typeof signingActs)[number];
export type Signed = Result<'signing.sign'>;
export type BatchResult = Result<'signing.sign-batch'>;
