import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'electron-vite';
import renderer from './src/renderer/vite.config.ts';

const main = join(import.meta.dirname, 'src/main');

/** Worker threads are files of their own, found beside the code that starts them: all lie flat in out/main. */
const workers = globSync('**/*-worker.ts', { cwd: main }).map((path) => [
  basename(path, '.ts'),
  join(main, path),
]);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: { include: ['pkcs11js'] },
      rolldownOptions: {
        input: {
          index: join(main, 'index.ts'),
          'token-host': join(main, 'token/host.ts'),
          ...Object.fromEntries(workers),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script is one CommonJS file that requires nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(main, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
});
