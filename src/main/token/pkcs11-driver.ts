/** Tokens behind one PKCS#11 module. */
import { basename } from 'node:path';
import type { TokenInfo } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { integer, sequence } from '../signature/der-write.ts';
import { chainAbove, signerCertificates } from './certificates.ts';
import type { ModuleClient } from './client.ts';
import { tokenId } from './driver.ts';
import type { OpenRequest, TokenDriver } from './driver.ts';
import type { OpenKey } from './login.ts';
import type { TokenAddress } from './protocol.ts';

/** A person looks for the PIN pad, types and confirms. */
const PIN_PAD_LIMIT_MS = 90_000;
/**
 * Looks between two restarts of a module, some of which see a new reader or token only then: often while nothing is
 * plugged in, seldom while a token is, whose light and login elsewhere a restart may disturb.
 */
const LOOKS_A_RESTART = { empty: 5, occupied: 15 } as const;

interface KnownToken {
  readonly address: TokenAddress;
  readonly protectedPath: boolean;
}

export class Pkcs11Driver implements TokenDriver {
  readonly #client: ModuleClient;
  #known = new Map<string, KnownToken>();
  #looks = 0;
  #isEmpty = true;
  /** False for a module that hung when it was to start anew: some deadlock in C_Finalize. */
  #mayRestart = true;

  constructor(client: ModuleClient) {
    this.#client = client;
  }

  get path(): string {
    return this.#client.path;
  }

  async list(now: number, refresh: boolean): Promise<TokenInfo[]> {
    const ask = () => this.#client.call('list', {});
    const { tokens } = await (refresh ? this.#anew(ask) : ask());
    const ids = this.#idsOf(tokens);
    this.#known = new Map(
      tokens.map((token, n) => [
        ids[n]!,
        {
          address: { slot: token.slot, serial: token.serial, label: token.label },
          protectedPath: token.pin.protectedPath,
        },
      ]),
    );
    return tokens.map((token, n) => ({
      id: ids[n]!,
      driver: 'pkcs11',
      label: token.label,
      serial: token.serial,
      manufacturer: token.manufacturer,
      module: basename(this.path),
      present: true,
      pin: token.pin,
      certificates: signerCertificates(token.certificates, now),
    }));
  }

  async present(): Promise<string[]> {
    const refresh = this.#looks >= LOOKS_A_RESTART[this.#isEmpty ? 'empty' : 'occupied'];
    const ask = () => this.#client.call('poll', {});
    const { present } = await (refresh ? this.#anew(ask) : ask());
    this.#looks = refresh ? 0 : this.#looks + 1;
    this.#isEmpty = present.length === 0;
    return this.#idsOf(present);
  }

  async open({ tokenId: id, certificateSha256, pin, acceptFinalTry }: OpenRequest): Promise<OpenKey> {
    const known = this.#known.get(id);
    if (!known) throw new DeskError('token.not-found');
    const request = { token: known.address, certificateSha256, pin, acceptFinalTry };
    // pkcs11js has no NULL for "typed on the device", only the empty PIN, which OpenSC takes for it.
    const opened = known.protectedPath
      ? await this.#client.call('open', { ...request, pin: '' }, PIN_PAD_LIMIT_MS)
      : await this.#client.call('open', request);
    const { session, certificate, others, keyType } = opened;
    // A key that wants the PIN before each signature wants it on the device, too.
    const signLimit = known.protectedPath ? PIN_PAD_LIMIT_MS : undefined;
    return {
      certificate,
      chain: chainAbove(certificate, others),
      signDigest: async (_, digest, message) => {
        const { signature } = await this.#client.call('sign', { session, digest, message }, signLimit);
        return keyType === 'ec' ? ecdsaSignature(signature) : signature;
      },
      end: async () => {
        if (!this.#client.isRunning) return;
        await this.#client.call('close', { session }).catch((error: unknown) => {
          // A host that dies now takes the login with it.
          if (!(error instanceof DeskError)) throw error;
        });
      },
    };
  }

  stop(): Promise<void> {
    return this.#client.stop();
  }

  /**
   * Asks after a restart of the module. One that hangs at that but answers in a process of its own again deadlocks in
   * C_Finalize: it is not started anew any more.
   */
  async #anew<T>(ask: () => Promise<T>): Promise<T> {
    try {
      if (this.#mayRestart) await this.#client.call('restart', {});
    } catch (error) {
      if (!(error instanceof DeskError) || error.code !== 'token.module-hung') throw error;
      const answer = await ask();
      this.#mayRestart = false;
      return answer;
    }
    return await ask();
  }

  /** Cheap tokens come with equal serials and labels; only then does the slot tell them apart. */
  #idsOf(tokens: readonly TokenAddress[]): string[] {
    return tokens.map(({ slot, serial, label }) => {
      const isTwin = tokens.filter((other) => other.serial === serial && other.label === label).length > 1;
      return tokenId('pkcs11', this.path, serial, label, ...(isTwin ? [slot] : []));
    });
  }
}

/** r and s as a token gives them (PKCS#11 v2.40 mechanisms, 2.3.1) as CMS wants them (RFC 3279, 2.2.3). */
function ecdsaSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return sequence(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}
