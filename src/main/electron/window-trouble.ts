import { randomUUID } from 'node:crypto';
import type { BrowserWindow, Dialog, MessageBoxOptions, RenderProcessGoneDetails } from 'electron';
import { type ErrorCode, type ErrorParams, errorSentence } from '../../shared/errors/index.ts';
import type { HostLog } from '../host/desk-port.ts';
import { type SystemLanguage, systemTexts } from './texts.ts';

interface Surroundings {
  readonly dialog: Pick<Dialog, 'showMessageBox' | 'showMessageBoxSync'>;
  readonly language: SystemLanguage;
  readonly log: HostLog;
  readonly quit: () => void;
}

/** Tells the person when the page crashes or hangs, and asks before unsaved work goes: the page cannot. */
export function watchWindow(window: BrowserWindow, { dialog, language, log, quit }: Surroundings): void {
  const contents = window.webContents;
  const words = systemTexts[language];
  /** Takes the question about a page that hangs off the screen; null while there is none. */
  let hanging: AbortController | null = null;
  /** The person has already decided to end the page that hangs. */
  let reopening = false;

  /** A failure with its code, and two ways on; the first is the safe one. */
  function question(code: ErrorCode, params: ErrorParams, buttons: string[]): MessageBoxOptions {
    const message = errorSentence(code, params, language);
    return { type: 'error', title: 'Bàn Văn Thư', message, detail: code, buttons, defaultId: 0, cancelId: 0 };
  }

  const unasked = (error: unknown) => log.error('the person could not be asked', error);

  async function crashed({ reason, exitCode }: RenderProcessGoneDetails): Promise<void> {
    if (!reopening) {
      const logId = randomUUID().slice(0, 8);
      log.error(`the window crashed ${logId}: ${reason}, exit code ${exitCode}`);
      const asked = question('host.window-crashed', { logId }, [words.reopen, words.leave]);
      const { response } = await dialog.showMessageBox(window, asked);
      if (response === 1) return quit();
    }
    reopening = false;
    if (!window.isDestroyed()) contents.reload();
  }

  async function hangs(): Promise<void> {
    if (hanging !== null) return;
    log.error('the window does not respond');
    hanging = new AbortController();
    const asked = question('host.window-hangs', {}, [words.wait, words.reopen]);
    const { response } = await dialog.showMessageBox(window, { ...asked, signal: hanging.signal });
    hanging = null;
    if (response === 0 || window.isDestroyed()) return;
    reopening = true;
    contents.forcefullyCrashRenderer();
  }

  contents.on('render-process-gone', (_, details) => {
    hanging?.abort();
    if (details.reason !== 'clean-exit') crashed(details).catch(unasked);
  });
  window.on('unresponsive', () => {
    hangs().catch(unasked);
  });
  window.on('responsive', () => hanging?.abort());
  contents.on('will-prevent-unload', (event) => {
    const answer = dialog.showMessageBoxSync(window, {
      type: 'warning',
      title: 'Bàn Văn Thư',
      message: words.unsaved,
      buttons: [words.stay, words.discard],
      defaultId: 0,
      cancelId: 0,
    });
    if (answer === 1) event.preventDefault();
  });
}
