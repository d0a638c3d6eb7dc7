import { useEffect, useState } from 'react';
import { focusPage } from '../navigation/panes.ts';

/**
 * When a dialog has gone, the focus goes back to what opened it, or to the page where that is gone too (WCAG 2.4.3).
 * For a component that is there while the dialog is open.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Once the dialog has left the page, and unless another took its place.
      setTimeout(() => {
        const lost = document.activeElement === document.body;
        if (!lost || document.querySelector('[role=dialog], [role=alertdialog]')) return;
        if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
        if (document.activeElement === document.body) focusPage();
      });
    },
    [opener],
  );
}
