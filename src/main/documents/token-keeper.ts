import type { LaunchHost } from '../token/launch.ts';
import { Tokens } from '../token/tokens.ts';
import type { Store } from '../store/index.ts';
import { modules, pkcs12Files } from '../store/queries/office.ts';

/** The tokens as the settings name them: made anew when a module or a file is added or removed. */
export interface TokenKeeper {
  tokens(): Tokens;
  /** The settings have changed: the logins of the old set end. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export function keepTokens(store: Store, launch: LaunchHost, onChange: () => void): TokenKeeper {
  const open = () => {
    const tokens = new Tokens({
      launch,
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
  return {
    tokens: () => current.tokens,
    async renew() {
      const old = current;
      current = open();
      await end(old);
      onChange();
    },
    close: () => end(current),
  };
}
