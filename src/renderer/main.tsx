import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browserBridge } from './desk/browser-bridge.ts';
import { App } from './shell/app.tsx';
import { listenToKeys } from './navigation/keys.ts';
import { followHash } from './navigation/route.ts';

// In Electron the preload script has put its own there already.
window.desk ??= browserBridge();
followHash();
listenToKeys();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
