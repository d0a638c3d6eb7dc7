/** Somebody who signs with the one token there is, for tests of tokens that misbehave. */
import { createHash, verify, X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { SigningSession } from '../../src/main/token/login.ts';
import type { OpenOptions, Tokens } from '../../src/main/token/tokens.ts';
import type { TokenInfo } from '../../src/shared/domain/token.ts';
import { DeskError } from '../../src/shared/errors/index.ts';

export const PIN = '24681357';
export const message = Buffer.from('signed attributes of a fictional document');
export const digest = createHash('sha256').update(message).digest();

/** The error of `work`; and no error may carry the PIN. */
export async function failure(work: Promise<unknown>): Promise<DeskError> {
  const error = await work.then(
    () => expect.fail('nothing failed'),
    (error: unknown) => error,
  );
  if (!(error instanceof DeskError)) throw error;
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(PIN);
  return error;
}

/** @param tokens asked each time, as they are made only when the tests start */
export function tokenUser(tokens: () => Tokens) {
  async function onlyToken(): Promise<TokenInfo> {
    const list = await tokens().list();
    expect(tokens().problems()).toEqual([]);
    expect(list).toHaveLength(1);
    return list[0]!;
  }
  async function open(pin = PIN, options: OpenOptions = {}): Promise<SigningSession> {
    const token = await onlyToken();
    return await tokens().openSigner(token.id, token.certificates[0]!.sha256, pin, options);
  }
  async function signs(pin = PIN, options: OpenOptions = {}): Promise<void> {
    const session = await open(pin, options);
    const signature = await session.signDigest('SHA-256', digest, message);
    const { publicKey } = new X509Certificate(session.certificate);
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
    await session.close();
  }
  return { onlyToken, open, signs };
}
