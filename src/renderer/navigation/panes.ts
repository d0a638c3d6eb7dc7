const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]:not([tabindex="-1"])';

/** F6 as Windows programs do: the focus goes to the next pane, wherever it was inside one; empty panes are passed. */
export function focusNextPane(): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => !pane.querySelector('[data-pane]') && pane.querySelector(focusable),
  );
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + 1) % panes.length];
  next?.querySelector<HTMLElement>(focusable)?.focus();
}

/** The focus goes to the page itself, past the places. */
export function focusPage(): void {
  document.querySelector('main')?.querySelector<HTMLElement>(focusable)?.focus();
}
