// Preloaded into Windows' Node (wine.ts): gives it the modules that `pack.ts` has put into one file.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const root = new URL('../../', import.meta.url).href;
const sources = JSON.parse(readFileSync(new URL('out/modules.json', import.meta.url), 'utf8'));
const sourceOf = (url) => (url.startsWith(root) ? sources[url.slice(root.length)] : undefined);

registerHooks({
  resolve(specifier, context, next) {
    const url = specifier.startsWith('.') ? new URL(specifier, context.parentURL).href : '';
    return sourceOf(url) === undefined
      ? next(specifier, context)
      : { url, format: 'module', shortCircuit: true };
  },
  load(url, context, next) {
    const source = sourceOf(url);
    return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
  },
});
