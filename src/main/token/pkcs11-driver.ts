/** Tokens behind one PKCS#11 module. */
import { basename } from 'node:path';
import type { TokenInfo } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { integer, sequence } from '../asn1/der-write.ts';
import { chainAbove, signerCertificates } from './certificates.ts';
import type { ModuleClient } from './client.ts';
import { tokenId } from './driver.ts';
import type { Learned, OpenRequest, PinEntry, TokenDriver } from './driver.ts';
import type { OpenKey } from './login.ts';
import type { SlotToken, TokenAddress } from './protocol.ts';

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
  readonly hidesCertificates: boolean;
}

/** Cheap tokens come with equal serials and labels; only then does the slot tell them apart. */
export function pkcs11Ids(path: string, tokens: readonly TokenAddress[]): string[] {
  return tokens.map(({ slot, serial, label }) => {
    const isTwin = tokens.filter((other) => other.serial === serial && other.label === label).length > 1;
    return tokenId('pkcs11', path, serial, label, ...(isTwin ? [slot] : []));
  });
}

/** What finds a token again, of all that is known of it. */
export const addressOf = ({ slot, serial, label }: TokenAddress): TokenAddress => ({ slot, serial, label });

export class Pkcs11Driver implements TokenDriver {
  readonly #client: ModuleClient;
  readonly #learned: Learned;
  #known = new Map<string, KnownToken>();
  /** Tokens whose module hung when it was asked for certificates before a login: never asked that again. */
  readonly #hanging = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();
  #stops = 0;
  #looks = 0;
  #isEmpty = true;
  /** False for a module that hung when it was to start anew: some deadlock in C_Finalize. */
  #mayRestart = true;

  constructor(client: ModuleClient, learned: Learned) {
    this.#client = client;
    this.#learned = learned;
  }

  get path(): string {
    return this.#client.path;
  }

  async list(now: number, refresh: boolean): Promise<TokenInfo[]> {
    return await this.#inTurn(() => this.#list(now, refresh));
  }

  /**
   * Questions and logins one after another: what waits in the client behind a question that hangs the module fails with
   * it. Nothing that still waits when the driver is stopped starts the module again.
   */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const stops = this.#stops;
    const turn = this.#last.then(() => {
      if (this.#stops !== stops) throw new DeskError('token.session-ended');
      return work();
    });
    this.#last = turn.catch(() => {});
    return await turn;
  }

  async #list(now: number, refresh: boolean): Promise<TokenInfo[]> {
    const ask = () => this.#client.call('list', {});
    const { tokens } = await (refresh ? this.#anew(ask) : ask());
    const ids = pkcs11Ids(this.path, tokens);
    const list: TokenInfo[] = [];
    for (const [n, token] of tokens.entries()) {
      const info = await this.#describe(ids[n]!, token, now);
      if (info) list.push(info);
    }
    this.#known = new Map(
      list.map(({ id, pin, hidesCertificates }) => {
        const address = addressOf(tokens[ids.indexOf(id)]!);
        return [id, { address, protectedPath: pin.protectedPath, hidesCertificates }];
      }),
    );
    return list;
  }

  /** Undefined for a token that was pulled out meanwhile. */
  async #describe(id: string, token: SlotToken, now: number): Promise<TokenInfo | undefined> {
    const shown = await this.#shown(id, token);
    if (!shown) return undefined;
    const certificates = signerCertificates(shown, now);
    const hidesCertificates = certificates.length === 0;
    return {
      id,
      driver: 'pkcs11',
      label: token.label,
      serial: token.serial,
      manufacturer: token.manufacturer,
      module: basename(this.path),
      present: true,
      pin: token.pin,
      hidesCertificates,
      certificates: hidesCertificates ? signerCertificates(this.#learned(id), now) : certificates,
    };
  }

  /** What a token shows before login. One that has once been read with its PIN is not asked: it may hang. */
  async #shown(id: string, token: SlotToken): Promise<readonly Uint8Array[] | undefined> {
    if (this.#hanging.has(id) || this.#learned(id).length > 0) return [];
    try {
      return (await this.#client.call('certificates', { token: addressOf(token) })).certificates;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      if (error.code === 'token.not-found' || error.code === 'token.removed') return undefined;
      if (error.code !== 'token.module-hung') throw error;
      this.#hanging.add(id);
      return [];
    }
  }

  async present(): Promise<string[]> {
    const refresh = this.#looks >= LOOKS_A_RESTART[this.#isEmpty ? 'empty' : 'occupied'];
    const ask = () => this.#client.call('poll', {});
    const { present } = await this.#inTurn(() => (refresh ? this.#anew(ask) : ask()));
    this.#looks = refresh ? 0 : this.#looks + 1;
    this.#isEmpty = present.length === 0;
    return pkcs11Ids(this.path, present);
  }

  async open({ certificateSha256, ...entry }: OpenRequest): Promise<OpenKey> {
    const known = this.#find(entry);
    const { hidesCertificates } = known;
    const request = { ...pinFor(known, entry), certificateSha256, hidesCertificates };
    const opened = await this.#inTurn(() => this.#client.call('open', request, pinLimit(known)));
    const { session, certificate, others, keyType } = opened;
    // A key that wants the PIN before each signature wants it on the device, too.
    const signLimit = pinLimit(known);
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

  async learn(entry: PinEntry): Promise<Uint8Array[]> {
    const known = this.#find(entry);
    const ask = () => this.#client.call('learn', pinFor(known, entry), pinLimit(known));
    return (await this.#inTurn(ask)).certificates;
  }

  #find({ tokenId: id }: PinEntry): KnownToken {
    const known = this.#known.get(id);
    if (!known) throw new DeskError('token.not-found');
    return known;
  }

  stop(): Promise<void> {
    this.#stops += 1;
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
}

/** pkcs11js has no NULL for "typed on the device", only the empty PIN, which OpenSC takes for it. */
const pinFor = ({ address, protectedPath }: KnownToken, { pin, acceptFinalTry }: PinEntry) => ({
  token: address,
  pin: protectedPath ? '' : pin,
  acceptFinalTry,
});

const pinLimit = ({ protectedPath }: KnownToken): number | undefined =>
  protectedPath ? PIN_PAD_LIMIT_MS : undefined;

/** r and s as a token gives them (PKCS#11 v2.40 mechanisms, 2.3.1) as CMS wants them (RFC 3279, 2.2.3). */
function ecdsaSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return sequence(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}
