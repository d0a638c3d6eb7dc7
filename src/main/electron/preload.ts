import { contextBridge, ipcRenderer } from 'electron';
import { preloadBridge } from './preload-bridge.ts';

contextBridge.exposeInMainWorld('desk', preloadBridge(ipcRenderer));
