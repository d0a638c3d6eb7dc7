// oxlint-disable no-restricted-imports -- the build itself runs in Node; nothing here reaches the window
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { notices, packageOf, productionPackages } from '../../build/notices.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = join(here, '../../out/renderer');

/**
 * pdf.js reads these while it draws: character maps and substitutes for fonts a file does not embed, decoders for
 * scans, colour profiles. Served beside the page, so that the program never asks the network for them.
 */
const pdfAssets = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

function copyPdfAssets(): Plugin {
  return {
    name: 'copy-pdf-assets',
    apply: 'build',
    writeBundle() {
      const source = fileURLToPath(new URL('../../node_modules/pdfjs-dist/', import.meta.url));
      for (const folder of pdfAssets) {
        cpSync(join(source, folder), join(outDir, 'pdfjs', folder), { recursive: true });
      }
    },
  };
}

/** What the screen "Giới thiệu" shows: the licences of every package bundled into the page or installed beside it. */
function writeNotices(): Plugin {
  return {
    name: 'write-notices',
    apply: 'build',
    generateBundle() {
      const bundled = [...this.getModuleIds()].flatMap((id) => packageOf(id) ?? []);
      const installed = productionPackages(fileURLToPath(new URL('../..', import.meta.url)));
      const source = JSON.stringify(notices([...bundled, ...installed]));
      this.emitFile({ type: 'asset', fileName: 'notices.json', source });
    },
  };
}

export default defineConfig({
  root: here,
  // The same files are served under app:// and http://127.0.0.1.
  base: './',
  plugins: [react(), copyPdfAssets(), writeNotices()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'chrome150',
    // An inlined asset is a data: address, which the content security policy refuses for scripts and workers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: ['index.html', 'upgrade.html'].map((page) => join(here, page)) },
  },
});
