import type { IpcRenderer, IpcRendererEvent } from 'electron';
import type { DeskBridge, DeskEvent } from '../../shared/ipc/index.ts';
import { channels } from './channels.ts';

/** What the page may do, and nothing of Electron with it: never the event object, never another channel. */
export function preloadBridge(ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on' | 'off'>): DeskBridge {
  return {
    call: (name, argument) => ipcRenderer.invoke(channels.call, name, argument),
    addFile: (name, bytes) => ipcRenderer.invoke(channels.addFile, name, bytes),
    fileUrl: (sha256) => `/files/${sha256}`,
    onEvent(listener) {
      const receive = (_: IpcRendererEvent, event: DeskEvent) => listener(event);
      ipcRenderer.on(channels.event, receive);
      return () => void ipcRenderer.off(channels.event, receive);
    },
  };
}
