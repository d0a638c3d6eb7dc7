/** A PKCS#12 file as a token of one slot: no device, the same steps. */
import { sign } from '../crypto/index.ts';
import { access, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TokenInfo, TokenPin } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { tryReadCertificate } from '../x509/certificate.ts';
import { chainAbove, describeCertificate, requireUsable, signerCertificates } from './certificates.ts';
import { tokenId } from './driver.ts';
import type { Learned, OpenRequest, PinEntry, TokenDriver } from './driver.ts';
import type { OpenKey } from './login.ts';
import { keyFor, openCertificates, readPkcs12 } from './pkcs12.ts';

export interface Pkcs12File {
  readonly path: string;
  /** What people call it. */
  readonly label: string;
}

/** A file counts no tries and never locks. */
const PIN: TokenPin = {
  minLength: 1,
  maxLength: 255,
  protectedPath: false,
  countLow: false,
  finalTry: false,
  locked: false,
};

export class Pkcs12Driver implements TokenDriver {
  readonly path: string;
  readonly #label: string;
  readonly #id: string;
  readonly #learned: Learned;

  constructor({ path, label }: Pkcs12File, learned: Learned = () => []) {
    this.path = path;
    this.#label = label;
    this.#id = tokenId('pkcs12', path);
    this.#learned = learned;
  }

  async list(now: number): Promise<TokenInfo[]> {
    const bytes = await this.#read();
    const open = bytes ? await openCertificates(bytes, basename(this.path)) : [];
    const shown = signerCertificates(open, now);
    const hidesCertificates = shown.length === 0;
    return [
      {
        id: this.#id,
        driver: 'pkcs12',
        label: this.#label,
        serial: '',
        manufacturer: '',
        module: basename(this.path),
        present: bytes !== undefined,
        pin: PIN,
        hidesCertificates,
        certificates: hidesCertificates ? signerCertificates(this.#learned(this.#id), now) : shown,
      },
    ];
  }

  async present(): Promise<string[]> {
    return await access(this.path).then(
      () => [this.#id],
      () => [],
    );
  }

  async open({ certificateSha256, pin }: Pick<OpenRequest, 'certificateSha256' | 'pin'>): Promise<OpenKey> {
    const { certificates, keys } = await this.#unlock(pin);
    const certificate = certificates
      .flatMap((der) => tryReadCertificate(der) ?? [])
      .find(({ fingerprint }) => fingerprint === certificateSha256);
    if (!certificate) throw new DeskError('token.certificate-missing');
    const now = Date.now();
    requireUsable(describeCertificate(certificate, now), now);
    const key = keyFor(certificate.der, keys);
    if (!key) throw new DeskError('token.key-missing');
    if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec')
      throw new DeskError('token.cannot-sign');
    return {
      certificate: certificate.der,
      chain: chainAbove(certificate.der, certificates),
      signDigest: (_, _digest, message) => Promise.resolve(sign('sha256', message, key)),
      end: () => Promise.resolve(),
    };
  }

  async learn({ pin }: Pick<PinEntry, 'pin'>): Promise<Uint8Array[]> {
    const { certificates, keys } = await this.#unlock(pin);
    return certificates.filter((der) => keyFor(der, keys) !== undefined);
  }

  async #unlock(pin: string): ReturnType<typeof readPkcs12> {
    const { minLength: min, maxLength: max } = PIN;
    if (pin.length < min || pin.length > max) throw new DeskError('token.pin-length', { min, max });
    const file = basename(this.path);
    const bytes = await this.#read();
    if (!bytes) throw new DeskError('token.pkcs12-missing', { file });
    return await readPkcs12(bytes, pin, file);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  async #read(): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new DeskError('token.pkcs12-unreadable', { file: basename(this.path) }, error);
    }
  }
}
