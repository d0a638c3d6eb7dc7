import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { PKCS11 } from 'pkcs11js';
import { PIN, type BenchToken } from './office.ts';

/** DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const [CKF_SERIAL_SESSION, CKU_USER, CKO_PRIVATE_KEY, CKA_CLASS, CKM_RSA_PKCS] = [0x4, 1, 3, 0, 1];

/** The token with nothing around it, in this process. */
export interface BareToken {
  /** Digests signed one after another in one login: the token's own time. */
  sign(count: number): void;
  close(): void;
}

export function openBareToken({ module, env }: BenchToken): BareToken {
  for (const name of ['SOFTHSM2_CONF', 'TOKEN_SHIM_CONTROL', 'TOKEN_SHIM_TARGET', 'TOKEN_SHIM_DEVICE_PIN'])
    if (env[name] !== undefined) process.env[name] = env[name];
  const binding = createRequire(import.meta.url)('pkcs11js') as { PKCS11: new () => PKCS11 };
  const p11 = new binding.PKCS11();
  p11.load(module);
  p11.C_Initialize();
  const slot = p11.C_GetSlotList(true)[0]!;
  return {
    sign(count) {
      const session = p11.C_OpenSession(slot, CKF_SERIAL_SESSION);
      p11.C_Login(session, CKU_USER, PIN);
      p11.C_FindObjectsInit(session, [{ type: CKA_CLASS, value: CKO_PRIVATE_KEY }]);
      const [key] = p11.C_FindObjects(session, 1);
      p11.C_FindObjectsFinal(session);
      for (let n = 0; n < count; n++) {
        const digest = createHash('sha256').update(String(n)).digest();
        p11.C_SignInit(session, { mechanism: CKM_RSA_PKCS }, key!);
        p11.C_Sign(session, Buffer.concat([DIGEST_INFO, digest]), Buffer.alloc(256));
      }
      p11.C_Logout(session);
      p11.C_CloseSession(session);
    },
    close: () => p11.C_Finalize(),
  };
}
