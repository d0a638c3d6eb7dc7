import { type RefCallback, useCallback, useEffect, useRef } from 'react';

/**
 * What has the focus when a dialog opens. Fluent itself gives it to the first thing that takes it, so that `autoFocus`
 * does nothing there. For the component that holds the dialog: its effects come after the dialog's own.
 */
export function useFirstFocus(wanted = true): RefCallback<HTMLElement> {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (wanted) element.current?.focus();
  }, [wanted]);
  return useCallback((found) => {
    element.current = found;
  }, []);
}
