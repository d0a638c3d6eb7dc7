import type { KeyboardInputEvent, MenuItemConstructorOptions } from 'electron';
import { type SystemLanguage, systemTexts } from './texts.ts';

type Press = Pick<KeyboardInputEvent, 'keyCode' | 'modifiers'>;

/** `Ctrl+K` as the page would get it from the keyboard. */
export function pressOf(accelerator: string): Press {
  const parts = accelerator.split('+');
  const keyCode = parts.at(-1) ?? '';
  return { keyCode, modifiers: parts.length > 1 ? ['control'] : [] };
}

/**
 * The menu bar. The page owns every key: an item only shows its key and, when clicked, presses it in the page. Keys
 * of editing belong to Chromium through their roles.
 */
export function menuTemplate(
  language: SystemLanguage,
  press: (key: Press) => void,
): MenuItemConstructorOptions[] {
  const words = systemTexts[language];
  function item(label: string, accelerator: string): MenuItemConstructorOptions {
    return { label, accelerator, registerAccelerator: false, click: () => press(pressOf(accelerator)) };
  }
  return [
    {
      label: words.file,
      submenu: [
        item(words.newOutgoing, 'Ctrl+N'),
        item(words.sync, 'F5'),
        { type: 'separator' },
        item(words.print, 'Ctrl+P'),
        { type: 'separator' },
        { label: words.quit, role: 'quit' },
      ],
    },
    {
      label: words.edit,
      submenu: [
        { label: words.undo, role: 'undo' },
        { label: words.redo, role: 'redo' },
        { type: 'separator' },
        { label: words.cut, role: 'cut' },
        { label: words.copy, role: 'copy' },
        { label: words.paste, role: 'paste' },
        { label: words.selectAll, role: 'selectAll' },
        { type: 'separator' },
        item(words.findDocument, 'Ctrl+K'),
        item(words.findInPage, 'Ctrl+F'),
      ],
    },
    {
      label: words.view,
      submenu: [
        item(words.thumbnails, 'F4'),
        item(words.nextPane, 'F6'),
        { type: 'separator' },
        { label: words.fullScreen, role: 'togglefullscreen' },
      ],
    },
    { label: words.help, submenu: [item(words.guide, 'F1')] },
  ];
}
