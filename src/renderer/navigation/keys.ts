import { useEffect, useRef } from 'react';

/** Every key of the product; menus and tooltips show them from here. */
export const keys = {
  help: 'F1',
  thumbnails: 'F4',
  sync: 'F5',
  nextPane: 'F6',
  search: 'Ctrl+K',
  newOutgoing: 'Ctrl+N',
  primary: 'Ctrl+Enter',
  print: 'Ctrl+P',
  find: 'Ctrl+F',
  zoomIn: 'Ctrl++',
  zoomOut: 'Ctrl+-',
  undo: 'Ctrl+Z',
  back: 'Escape',
} as const;
export type KeyAction = keyof typeof keys;

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Which action a pressed key stands for. */
export function actionFor(event: Pressed): KeyAction | undefined {
  if (event.altKey || event.metaKey) return undefined;
  // Ctrl+= is the unshifted form of Ctrl++ on most keyboards.
  const key = event.key === '=' && event.ctrlKey ? '+' : event.key;
  const shifted = event.shiftKey && key !== '+' ? 'Shift+' : '';
  const combination = `${event.ctrlKey ? 'Ctrl+' : ''}${shifted}${key.length === 1 ? key.toUpperCase() : key}`;
  return (Object.keys(keys) as KeyAction[]).find((action) => keys[action] === combination);
}

/** `Tìm (Ctrl+K)` */
export function withKey(label: string, action: KeyAction): string {
  return `${label} (${action === 'back' ? 'Esc' : keys[action]})`;
}

/** Attribute value for `aria-keyshortcuts`. */
export function ariaKey(action: KeyAction): string {
  return keys[action].replace('Ctrl', 'Control').replace('++', '+Plus');
}

const handlers: { readonly action: KeyAction; readonly handle: () => void }[] = [];

/** While `active`, `action` means `handle`; what appeared last (a dialog over a page) comes first. */
export function useKey(action: KeyAction, handle: () => void, active = true): void {
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });
  useEffect(() => {
    if (!active) return undefined;
    const entry = { action, handle: () => latest.current() };
    handlers.push(entry);
    return () => {
      handlers.splice(handlers.indexOf(entry), 1);
    };
  }, [action, active]);
}

/** Called once at start. A key that is part of typing (Vietnamese input methods compose) is never taken. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionFor(event);
    const entry = handlers.findLast((candidate) => candidate.action === action);
    if (!entry) return;
    event.preventDefault();
    entry.handle();
  });
}
