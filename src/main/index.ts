import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { errorSentence } from '../shared/errors/index.ts';
import { openDesk } from './desk.ts';
import { channels } from './electron/channels.ts';
import { safeStorageCipher } from './electron/cipher.ts';
import { demoIn } from './electron/demo-folder.ts';
import { foldersOf } from './electron/folders.ts';
import { denyPermissions, guardContents } from './electron/guards.ts';
import { serveIpc } from './electron/ipc.ts';
import { endLoginsOnLock } from './electron/lock.ts';
import { menuTemplate } from './electron/menu.ts';
import { APP_SCHEME, START_URL, UPGRADE_URL } from './electron/origin.ts';
import { appProtocol } from './electron/protocol.ts';
import { startupTrouble } from './electron/startup-trouble.ts';
import { systemLanguage } from './electron/texts.ts';
import { utilityHost } from './electron/token-host.ts';
import { stopOnClose, upgradeWindowOptions } from './electron/upgrade-window.ts';
import { watchWindow } from './electron/window-trouble.ts';
import { windowOptions } from './electron/window.ts';
import { catchTheRest } from './host/last-resort.ts';
import { fileLog } from './host/log.ts';
import { startOpening } from './host/opening.ts';
import { fileVault, permissionsOnly } from './host/vault.ts';

/**
 * The Electron program: opens the office of this computer, or the one in `--data=DIR`, and shows it. What Electron
 * keeps for itself stays in the account's own folder in any case.
 */

const out = join(import.meta.dirname, '..');

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
const folders = foldersOf({
  given: app.commandLine.getSwitchValue('data'),
  account: app.getPath('userData'),
  programData: process.platform === 'win32' ? process.env['ProgramData'] : undefined,
});
const log = fileLog(join(folders.own, 'log'));
const language = systemLanguage(app.getPreferredSystemLanguages());
catchTheRest(process, log, ({ code, params }) => {
  const told = {
    type: 'error',
    title: 'Bàn Văn Thư',
    message: errorSentence(code, params, language),
  } as const;
  dialog.showMessageBox(told).catch((error: unknown) => log.error('the person could not be told', error));
});

let window: BrowserWindow | null = null;

async function open(): Promise<void> {
  const demo = demoIn(folders.own);
  const opening = startOpening(
    (upgrading, stopUpgrade) =>
      openDesk({
        dataDir: folders.office,
        vault: fileVault(
          join(folders.own, 'vault.json'),
          demo ? permissionsOnly : safeStorageCipher(safeStorage),
        ),
        launchTokenHost: utilityHost(join(out, 'main', 'token-host.js'), {
          fork: (entry) => utilityProcess.fork(entry, [], { stdio: 'ignore', serviceName: 'token' }),
          killByPid: (pid) => process.kill(pid, 'SIGKILL'),
        }),
        log,
        upgrading,
        stopUpgrade,
        ...(demo && { demo }),
      }),
    log,
  );
  const seat = { id: randomUUID(), host: 'electron' } as const;
  denyPermissions(session.defaultSession);
  protocol.handle(APP_SCHEME, appProtocol(opening, join(out, 'renderer'), seat, log));
  const upgrade = (await opening.outcome) === 'upgrading' ? showUpgrade(() => opening.stop()) : null;
  const desk = await opening.desk;
  app.once('will-quit', (event) => {
    event.preventDefault();
    desk
      .close()
      .catch((error: unknown) => log.error('the desk did not close as it should', error))
      .finally(() => app.exit());
  });

  endLoginsOnLock(powerMonitor, () => desk.endLogins(), log);

  serveIpc(ipcMain, desk, seat, log);
  const shown = new BrowserWindow(windowOptions(join(out, 'preload', 'preload.cjs')));
  window = shown;
  watchWindow(shown, { dialog, language, log, quit: () => app.quit() });
  desk.on((event) => {
    if (!shown.isDestroyed() && !shown.webContents.isCrashed()) shown.webContents.send(channels.event, event);
  });
  const menu = menuTemplate(language, (key) => shown.webContents.sendInputEvent({ type: 'keyDown', ...key }));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  shown.once('ready-to-show', () => shown.show());
  await shown.loadURL(START_URL);
  upgrade?.destroy();
}

/** Shows how far the records have been made ready for this version of the program. */
function showUpgrade(stop: () => void): BrowserWindow {
  Menu.setApplicationMenu(null);
  const shown = new BrowserWindow(upgradeWindowOptions());
  window = shown;
  stopOnClose(shown, stop);
  shown.once('ready-to-show', () => shown.show());
  // The upgrade goes on whether it can be shown or not.
  shown.loadURL(UPGRADE_URL).catch((error: unknown) => log.error('the upgrade is not shown', error));
  return shown;
}

app.on('web-contents-created', (_, contents) =>
  guardContents(contents, (url) => {
    shell.openExternal(url).catch((error: unknown) => log.error('a link was not opened', error));
  }),
);
app.on('second-instance', () => {
  if (window?.isMinimized()) window.restore();
  window?.focus();
});

if (app.requestSingleInstanceLock())
  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      const trouble = startupTrouble(error, join(folders.own, 'log'));
      if (trouble === null) return app.exit();
      log.error('the desk did not open', error);
      dialog.showErrorBox(trouble.title, trouble.text);
      app.exit(1);
    });
else app.exit();
