import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The least that signing or verifying a file takes: its SHA-256 by node:crypto, read whole. */
export const fileHash = (path: string): Buffer => createHash('sha256').update(readFileSync(path)).digest();
