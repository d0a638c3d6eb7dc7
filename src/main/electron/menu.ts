import type { KeyboardInputEvent, MenuItemConstructorOptions } from 'electron';

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
export function menuTemplate(press: (key: Press) => void): MenuItemConstructorOptions[] {
  function item(label: string, accelerator: string): MenuItemConstructorOptions {
    return { label, accelerator, registerAccelerator: false, click: () => press(pressOf(accelerator)) };
  }
  return [
    {
      label: '&Tệp',
      submenu: [
        item('&Văn bản đi mới', 'Ctrl+N'),
        item('&Gửi nhận ngay', 'F5'),
        { type: 'separator' },
        item('&In…', 'Ctrl+P'),
        { type: 'separator' },
        { label: 'T&hoát', role: 'quit' },
      ],
    },
    {
      label: '&Sửa',
      submenu: [
        { label: '&Hoàn tác', role: 'undo' },
        { label: '&Làm lại', role: 'redo' },
        { type: 'separator' },
        { label: 'Cắ&t', role: 'cut' },
        { label: '&Sao chép', role: 'copy' },
        { label: '&Dán', role: 'paste' },
        { label: 'Chọn tất &cả', role: 'selectAll' },
        { type: 'separator' },
        item('Tìm &văn bản', 'Ctrl+K'),
        item('Tì&m trong trang', 'Ctrl+F'),
      ],
    },
    {
      label: '&Xem',
      submenu: [
        item('Trang thu &nhỏ', 'F4'),
        item('&Khung kế tiếp', 'F6'),
        { type: 'separator' },
        { label: '&Toàn màn hình', role: 'togglefullscreen' },
      ],
    },
    { label: 'Trợ &giúp', submenu: [item('&Hướng dẫn', 'F1')] },
  ];
}
