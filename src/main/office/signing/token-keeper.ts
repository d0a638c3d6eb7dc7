import type { TokenInfo } from '../../../shared/domain/token.ts';
import type { Timeouts } from '../../token/client.ts';
import { tokenId } from '../../token/driver.ts';
import type { LaunchHost } from '../../token/launch.ts';
import { Tokens } from '../../token/tokens.ts';
import type { Store } from '../../store/index.ts';
import { modules, pkcs12Certificates, pkcs12Files, tokenCertificates } from '../../store/queries/office.ts';

/** The tokens as the settings name them: made anew when a module or a file is added or removed. */
export interface TokenKeeper {
  tokens(): Tokens;
  /** Tokens there now; one that hides its certificates shows those learned from it. */
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
        // A file that is gone is a token that is not plugged in.
        path: store.files.place(file),
        label: name,
      })),
      learned: (id) => learnedOf(store, id),
    });
    return { tokens, unwatch: tokens.watch(onChange) };
  };
  const end = async ({ tokens, unwatch }: ReturnType<typeof open>) => {
    unwatch();
    await tokens.close();
  };
  let current = open();
  return {
    tokens: () => current.tokens,
    list: (includeExpired = false) => current.tokens.list({ includeExpired }),
    async renew() {
      const old = current;
      current = open();
      await end(old);
      onChange();
    },
    close: () => end(current),
  };
}

/** What was learned with a PIN: of a key file when it was added, of either kind of token when somebody asked for it. */
function learnedOf({ tables, files }: Store, id: string): Uint8Array[] {
  const file = pkcs12Files(tables).find((one) => tokenId('pkcs12', files.place(one.file)) === id)?.file;
  const added = file === undefined ? [] : pkcs12Certificates(tables, file);
  return [...new Set([...tokenCertificates(tables, id), ...added])].map((sha256) => files.read(sha256));
}
