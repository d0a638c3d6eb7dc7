import type { TokenCertificate, TokenInfo } from '../../shared/domain/token.ts';
import { signerCertificates } from '../token/certificates.ts';
import type { Timeouts } from '../token/client.ts';
import { tokenId } from '../token/driver.ts';
import type { LaunchHost } from '../token/launch.ts';
import { Tokens } from '../token/tokens.ts';
import type { Store } from '../store/index.ts';
import { modules, pkcs12Certificates, pkcs12Files } from '../store/queries/office.ts';

/** The tokens as the settings name them: made anew when a module or a file is added or removed. */
export interface TokenKeeper {
  tokens(): Tokens;
  /** Tokens there now; a key file shows the certificates it had when it was added, also those it hides. */
  list(includeExpired?: boolean): Promise<TokenInfo[]>;
  /** The settings have changed: the logins of the old set end. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export function keepTokens(
  store: Store,
  launch: LaunchHost,
  onChange: () => void,
  timeouts: Timeouts = {},
): TokenKeeper {
  const open = () => {
    const tokens = new Tokens({
      launch,
      timeouts,
      modules: modules(store.tables),
      pkcs12Files: pkcs12Files(store.tables).map(({ file, name }) => ({
        path: store.files.path(file),
        label: name,
      })),
    });
    return { tokens, unwatch: tokens.watch(onChange) };
  };
  const end = async ({ tokens, unwatch }: ReturnType<typeof open>) => {
    unwatch();
    await tokens.close();
  };
  let current = open();
  /** By token id: what was learned from key files when they were added. */
  const learned = (now: number, includeExpired: boolean) =>
    new Map(
      pkcs12Files(store.tables).map(({ file }) => {
        const ders = pkcs12Certificates(store.tables, file).map((one) => store.files.read(one));
        const usable = signerCertificates(ders, now).filter(
          ({ canSign, expired }) => canSign && (includeExpired || !expired),
        );
        return [tokenId('pkcs12', store.files.path(file)), usable];
      }),
    );
  return {
    tokens: () => current.tokens,
    async list(includeExpired = false) {
      const tokens = await current.tokens.list({ includeExpired });
      const hidden = learned(Date.now(), includeExpired);
      return tokens.map((token) => withLearned(token, hidden.get(token.id) ?? []));
    },
    async renew() {
      const old = current;
      current = open();
      await end(old);
      onChange();
    },
    close: () => end(current),
  };
}

const withLearned = (token: TokenInfo, certificates: TokenCertificate[]): TokenInfo =>
  token.certificates.length > 0 ? token : { ...token, certificates };
