/** The room's door: what tokens there are, and signing with one of them. */
import type { ModuleDiagnosis, TokenInfo } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors/index.ts';
import { requireUsable } from './certificates.ts';
import { ModuleClient } from './client.ts';
import type { Timeouts } from './client.ts';
import { diagnoseModule } from './diagnose.ts';
import type { JudgeCertificate } from './diagnose.ts';
import type { Learned, TokenDriver } from './driver.ts';
import type { LaunchHost } from './launch.ts';
import { IDLE_MS, Login } from './login.ts';
import type { SigningSession } from './login.ts';
import { Pkcs11Driver } from './pkcs11-driver.ts';
import { Pkcs12Driver } from './pkcs12-driver.ts';
import type { Pkcs12File } from './pkcs12-driver.ts';

export interface ConfiguredModule {
  readonly path: string;
  /** The file as an administrator accepted it. */
  readonly sha256: string;
}

export interface TokensOptions {
  readonly launch: LaunchHost;
  readonly modules: readonly ConfiguredModule[];
  readonly pkcs12Files: readonly Pkcs12File[];
  /** What `learn` once gave; nothing when omitted. */
  readonly learned?: Learned;
  /** Default 5 minutes without a signature. */
  readonly idleMs?: number;
  /** Default 2 seconds between two looks for tokens plugged in or out. */
  readonly pollMs?: number;
  /** Milliseconds a module may take for each request, where the defaults do not fit its tokens. */
  readonly timeouts?: Timeouts;
}

/** A module or file that could not be looked at; the others are listed all the same. */
export interface TokenProblem {
  readonly path: string;
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export interface OpenOptions {
  /** Somebody has confirmed to use the token's last PIN try; without it such a token is not asked. */
  readonly acceptFinalTry?: boolean;
}

const POLL_MS = 2_000;

const nothing: Learned = () => [];

export class Tokens {
  readonly #options: TokensOptions;
  readonly #drivers: readonly TokenDriver[];
  readonly #logins = new Map<string, Login>();
  /** Tokens whose login is under way. */
  readonly #opening = new Set<string>();
  /** Drivers whose host died or hung when polled: left alone until somebody asks for them again. */
  readonly #resting = new Set<TokenDriver>();
  /** Which driver a token is used through. */
  #owners: ReadonlyMap<string, TokenDriver> = new Map();
  #problems: TokenProblem[] = [];

  constructor(options: TokensOptions) {
    this.#options = options;
    const { launch, timeouts = {}, learned = nothing } = options;
    this.#drivers = [
      ...options.modules.map(
        ({ path, sha256 }) =>
          new Pkcs11Driver(new ModuleClient({ path, expectedSha256: sha256, launch, timeouts }), learned),
      ),
      ...options.pkcs12Files.map((file) => new Pkcs12Driver(file, learned)),
    ];
  }

  /** Tokens there now with the certificates one can sign with; expired ones only when asked for. No PIN is needed. */
  async list({ includeExpired = false } = {}): Promise<TokenInfo[]> {
    const now = Date.now();
    const answers = await Promise.all(
      this.#drivers.map((driver) => askDriver(() => driver.list(now, true), driver.path)),
    );
    this.#problems = answers.flatMap(({ problem }) => problem ?? []);
    this.#resting.clear();
    const all = answers.flatMap(({ result = [] }, n) =>
      result.map((token) => ({ token, driver: this.#drivers[n]! })),
    );
    const seen = all.filter(
      (one, n) =>
        !all.slice(0, n).some((other) => other.driver !== one.driver && isSameDevice(other.token, one.token)),
    );
    this.#owners = new Map(seen.map(({ token, driver }) => [token.id, driver]));
    return seen.map(({ token }) => withUsable(token, includeExpired));
  }

  /** Why some modules or files are missing from the last list. */
  problems(): readonly TokenProblem[] {
    return this.#problems;
  }

  /**
   * Logs in and gives the key of exactly this certificate. Everything that can be refused is refused before the
   * PIN reaches the token, and a login is never tried twice.
   * @throws DeskError of the `token.` codes
   */
  async openSigner(
    tokenId: string,
    certificateSha256: string,
    pin: string,
    { acceptFinalTry = false }: OpenOptions = {},
  ): Promise<SigningSession> {
    return await this.#alone(tokenId, async () => {
      const { driver, token } = await this.#find(tokenId);
      const now = Date.now();
      const certificate = token.certificates.find(({ sha256 }) => sha256 === certificateSha256);
      if (certificate) requireUsable(certificate, now);
      // A key file that nobody has learned from is opened with its PIN, and judged then.
      else if (token.driver === 'pkcs11') throw new DeskError('token.certificate-missing');
      const key = await driver.open({ tokenId, certificateSha256, pin, acceptFinalTry });
      const login = new Login({
        tokenId,
        key,
        idleMs: this.#options.idleMs ?? IDLE_MS,
        onEnd: () => this.#logins.delete(tokenId),
      });
      this.#logins.set(tokenId, login);
      return login;
    });
  }

  /**
   * Reads, in one login, the certificates of a token that hides them without. Whoever remembers them gives them back
   * as `learned`, and signing asks for one PIN as with any token.
   * @returns DER, all there are
   * @throws DeskError of the `token.` codes
   */
  async learn(
    tokenId: string,
    pin: string,
    { acceptFinalTry = false }: OpenOptions = {},
  ): Promise<Uint8Array[]> {
    return await this.#alone(tokenId, async () => {
      const { driver } = await this.#find(tokenId);
      return await driver.learn({ tokenId, pin, acceptFinalTry });
    });
  }

  /** Two logins at the same time would count PIN tries unseen. */
  async #alone<T>(tokenId: string, work: () => Promise<T>): Promise<T> {
    if (this.#logins.has(tokenId) || this.#opening.has(tokenId)) throw new DeskError('token.in-use');
    this.#opening.add(tokenId);
    try {
      return await work();
    } finally {
      this.#opening.delete(tokenId);
    }
  }

  async #find(tokenId: string): Promise<{ driver: TokenDriver; token: TokenInfo }> {
    if (!this.#owners.has(tokenId)) await this.list();
    const driver = this.#owners.get(tokenId);
    if (!driver) throw new DeskError('token.not-found');
    const token = (await driver.list(Date.now(), false)).find(({ id }) => id === tokenId);
    if (!token) throw new DeskError('token.not-found');
    this.#resting.delete(driver);
    return { driver, token };
  }

  /**
   * Tells when a token is plugged in or out; the login of one that is gone ends. Polling, because waiting for
   * slot events blocks a module and many never report one.
   * @returns stops watching
   */
  watch(onChange: () => void): () => void {
    const pollMs = this.#options.pollMs ?? POLL_MS;
    let before: string | undefined;
    let timer: NodeJS.Timeout | undefined;
    let isStopped = false;
    const tick = async (): Promise<void> => {
      // Only these can have gone: a login of a moment later may be of a token this look does not know yet.
      const logins = [...this.#logins];
      const active = this.#drivers.filter((driver) => !this.#resting.has(driver));
      const answers = await Promise.all(
        active.map((driver) => askDriver(() => driver.present(), driver.path)),
      );
      answers.forEach(({ problem }, n) => problem && this.#resting.add(active[n]!));
      const present = answers.flatMap(({ result }) => result ?? []);
      for (const [id, login] of logins) if (!present.includes(id)) await login.close();
      const now = present.toSorted().join(' ');
      if (isStopped) return;
      if (before !== undefined && now !== before) onChange();
      before = now;
    };
    /** A look that fails is followed by the next. */
    const watching = (): void => {
      tick()
        .catch(() => undefined)
        .finally(() => {
          if (!isStopped) timer = setTimeout(watching, pollMs).unref();
        });
    };
    watching();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }

  /** Asks a module everything in turn and says in codes what is wrong; one that is not configured is only read. */
  diagnose(path: string, judge: JudgeCertificate): Promise<ModuleDiagnosis> {
    const { launch, modules, timeouts = {}, learned = nothing } = this.#options;
    const accepted = modules.find((one) => one.path === path);
    return diagnoseModule(
      { path, launch, timeouts, ...(accepted && { expectedSha256: accepted.sha256 }) },
      judge,
      learned,
    );
  }

  /** Ends every login. */
  async logout(): Promise<void> {
    await Promise.all([...this.#logins.values()].map((login) => login.close()));
  }

  /** Ends every login and every host process, a hanging one at once. */
  async close(): Promise<void> {
    await Promise.all([this.logout(), ...this.#drivers.map((driver) => driver.stop())]);
  }
}

/** The tokens and key files of this machine. Nothing is loaded or started before the first of them is asked for. */
export function createTokens(options: TokensOptions): Tokens {
  return new Tokens(options);
}

const withUsable = (token: TokenInfo, includeExpired: boolean): TokenInfo => ({
  ...token,
  certificates: token.certificates.filter((one) => one.canSign && (includeExpired || !one.expired)),
});

/**
 * One device behind two drivers (a vendor's and OpenSC, say): the same certificate, or the same serial number where
 * none is shown. It is offered once, by the driver that stands first.
 */
function isSameDevice(a: TokenInfo, b: TokenInfo): boolean {
  if (a.driver !== 'pkcs11' || b.driver !== 'pkcs11') return false;
  if (a.certificates.length === 0 || b.certificates.length === 0)
    return a.serial !== '' && a.serial === b.serial && a.label === b.label;
  return a.certificates.some(({ sha256 }) => b.certificates.some((other) => other.sha256 === sha256));
}

interface DriverAnswer<T> {
  readonly result?: T;
  readonly problem?: TokenProblem;
}

/** What a driver answers, or the problem to show beside its name; what is no DeskError is thrown. */
async function askDriver<T>(ask: () => Promise<T>, path: string): Promise<DriverAnswer<T>> {
  try {
    return { result: await ask() };
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return { problem: { path, code: error.code, params: error.params } };
  }
}
