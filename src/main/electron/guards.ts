import type { IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { externalUrl, isOurPage } from './origin.ts';

/** Whether a call comes from the page itself: the top frame of a window, at our origin, and still there. */
export function isFromOurPage(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOurPage(frame.url);
}

/**
 * Keeps a window on the page it was opened with. A link out of it opens in the system's browser; nothing opens
 * inside.
 */
export function guardContents(contents: WebContents, openExternal: (url: string) => void): void {
  contents.on('will-navigate', (details) => {
    if (!isOurPage(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOurPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const external = externalUrl(url);
    if (external !== null) openExternal(external);
    return { action: 'deny' };
  });
}

/** The page needs no camera, place, clipboard, device or notification: whoever asks is not our code. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
