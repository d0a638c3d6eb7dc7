import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { DeskError } from '../../shared/errors/index.ts';
import type { Answer } from '../../shared/ipc/index.ts';
import { isCallName } from '../host/call-name.ts';
import type { HostedDesk, HostLog, WindowSession } from '../host/desk-port.ts';
import { FILE_LIMIT_MB, requireFileName } from '../host/limits.ts';
import { failed } from '../host/refusal.ts';
import { channels } from './channels.ts';
import { isFromOurPage } from './guards.ts';

function requireBytes(bytes: unknown): Uint8Array {
  if (!(bytes instanceof Uint8Array)) throw new DeskError('host.bad-request', { field: 'bytes' });
  if (bytes.length > FILE_LIMIT_MB * 1024 * 1024)
    throw new DeskError('host.too-large', { limitMb: FILE_LIMIT_MB });
  return bytes;
}

/** Answers the page's calls. Every handler of the program is registered here, behind one check of the sender. */
export function serveIpc(
  ipcMain: Pick<IpcMain, 'handle'>,
  desk: HostedDesk,
  session: WindowSession,
  log: HostLog,
): void {
  function handle(channel: string, answer: (first: unknown, second: unknown) => Promise<Answer>): void {
    ipcMain.handle(channel, async (event: IpcMainInvokeEvent, first: unknown, second: unknown) => {
      try {
        if (!isFromOurPage(event)) throw new DeskError('host.not-admitted');
        return await answer(first, second);
      } catch (error) {
        return failed(error, log);
      }
    });
  }
  handle(channels.call, (name, argument) => {
    if (!isCallName(name)) throw new DeskError('host.not-found', { what: String(name).slice(0, 60) });
    return desk.call(name, argument, session);
  });
  handle(channels.addFile, (name, bytes) =>
    desk.addFile(requireFileName(name), requireBytes(bytes), session),
  );
}
