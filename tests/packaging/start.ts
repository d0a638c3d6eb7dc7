/**
 * `node start.ts APP ACCOUNT [--data DIR] [--program-data DIR]`: starts the packaged program, taken out of its archive into the folder APP, with a
 * stand-in for Electron, asks it for its page and its state, ends it as Electron does, and prints what it saw.
 * Windows' Node under Wine runs this file too, so it is plain Node's.
 */
import { once } from 'node:events';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: '' }, 'program-data': { type: 'string' } },
});
const [folder, account] = positionals as [string, string];
// Wine sets it itself, so it cannot be given as other variables are.
if (values['program-data'] !== undefined) process.env['ProgramData'] = values['program-data'];
const entry = join(folder, 'out/main/index.js');

const standIn = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: standIn, format: 'module', shortCircuit: true } : next(name, context),
});
const { app, seen } = (await import(standIn)) as typeof import('./electron.ts');
seen.account = account;
seen.given = values.data;

await Promise.all([
  Promise.race([once(app, 'opened'), once(app, 'exited')]),
  import(pathToFileURL(entry).href),
]);
const event = { senderFrame: { parent: null, url: 'app://desk/' } };
const state = await seen.handlers.get('desk:call')?.(event, 'session.state', {});
const request = { method: 'GET', url: 'app://desk/', headers: new Headers() };
const page = await seen.protocols.get('app')?.(request);
// The token host's own library: the desk's process never loads it.
const pkcs11 = createRequire(entry)('pkcs11js') as { PKCS11: new () => object };
// What pages are drawn on to be judged.
const { createCanvas } = createRequire(entry)('@napi-rs/canvas') as typeof import('@napi-rs/canvas');
const context = createCanvas(2, 2).getContext('2d');
context.fillStyle = '#0a0a0a';
context.fillRect(0, 0, 2, 2);
const drawn = [...context.getImageData(1, 1, 1, 1).data];

const exited = once(app, 'exited');
app.emit('will-quit', { preventDefault: () => undefined });
await exited;
process.stdout.write(
  JSON.stringify({
    platform: process.platform,
    trouble: seen.trouble,
    state,
    page: { status: page?.status, type: page?.headers.get('content-type') },
    pkcs11: typeof new pkcs11.PKCS11(),
    drawn,
  }),
);
