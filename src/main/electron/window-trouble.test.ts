import { EventEmitter } from 'node:events';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { systemLanguage, systemTexts } from './texts.ts';
import { watchWindow } from './window-trouble.ts';

const settled = () => new Promise((done) => setImmediate(done));

/** A window as far as the watch knows it, with Electron's own event names; `answers` are the buttons pressed. */
function watched(language: 'vi' | 'en', answers: (number | 'until taken away')[]) {
  const asked: MessageBoxOptions[] = [];
  const done: string[] = [];
  const logged: string[] = [];
  const contents = Object.assign(new EventEmitter(), {
    reload: () => done.push('reload'),
    forcefullyCrashRenderer() {
      done.push('end the page');
      contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
    },
  });
  const window = Object.assign(new EventEmitter(), { webContents: contents, isDestroyed: () => false });
  const answer = (options: MessageBoxOptions) => {
    asked.push(options);
    return answers.shift() ?? 0;
  };
  watchWindow(window as unknown as BrowserWindow, {
    language,
    quit: () => done.push('quit'),
    log: { info: () => undefined, error: (message) => logged.push(message) },
    dialog: {
      showMessageBoxSync: (_: unknown, options?: MessageBoxOptions) => Number(answer(options!)),
      showMessageBox: async (_: unknown, options?: MessageBoxOptions) => {
        const response = answer(options!);
        if (response !== 'until taken away') return { response, checkboxChecked: false };
        await new Promise((taken) => options!.signal!.addEventListener('abort', taken));
        done.push('question taken away');
        return { response: options!.cancelId!, checkboxChecked: false };
      },
    },
  });
  return { window, contents, asked, done, logged };
}

const crash = { reason: 'crashed', exitCode: 139 };

describe('a page that crashes', () => {
  it('is told in words with its code, logged, and opened again', async () => {
    const { contents, asked, done, logged } = watched('vi', [0]);
    contents.emit('render-process-gone', {}, crash);
    await settled();
    const [logId] = /[0-9a-f]{8}/.exec(logged[0]!)!;
    expect(logged).toEqual([`the window crashed ${logId}: crashed, exit code 139`]);
    expect(asked[0]).toMatchObject({ detail: 'host.window-crashed', defaultId: 0, cancelId: 0 });
    expect(asked[0]?.message).toContain(`Cửa sổ bị lỗi và ngừng chạy (mã nhật ký ${logId})`);
    expect(done).toEqual(['reload']);
  });

  it('ends the program when the person wants that', async () => {
    const { contents, asked, done } = watched('en', [1]);
    contents.emit('render-process-gone', {}, crash);
    await settled();
    expect(asked[0]?.buttons).toEqual(['Open the window again', 'Exit the program']);
    expect(done).toEqual(['quit']);
  });

  it('that ended as asked is no crash', async () => {
    const { contents, asked, done } = watched('vi', []);
    contents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    await settled();
    expect([asked, done]).toEqual([[], []]);
  });
});

describe('a page that hangs', () => {
  it('is waited for, and the question goes when it answers again', async () => {
    const { window, asked, done, logged } = watched('vi', ['until taken away']);
    window.emit('unresponsive');
    window.emit('unresponsive');
    await settled();
    expect(asked.map(({ detail }) => detail)).toEqual(['host.window-hangs']);
    expect(logged).toEqual(['the window does not respond']);
    window.emit('responsive');
    await settled();
    expect(done).toEqual(['question taken away']);
  });

  it('is ended and opened again without a second question', async () => {
    const { window, asked, done } = watched('en', [1]);
    window.emit('unresponsive');
    await settled();
    expect(asked[0]?.message).toMatch(/^The window does not respond/);
    expect(asked).toHaveLength(1);
    expect(done).toEqual(['end the page', 'reload']);
  });
});

describe('unsaved work', () => {
  it.each([
    [0, false],
    [1, true],
  ])('is asked about before the window closes: answer %i lets it go: %s', (answer, goes) => {
    const { contents, asked } = watched('vi', [answer]);
    let prevented = false;
    contents.emit('will-prevent-unload', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(goes);
    expect(asked[0]).toMatchObject({ message: systemTexts.vi.unsaved, defaultId: 0, cancelId: 0 });
  });
});

it.each([
  [['vi-VN'], 'vi'],
  [['en-US', 'vi-VN'], 'vi'],
  [['en-GB', 'fr-FR'], 'en'],
  [['fr-FR'], 'vi'],
  [[], 'vi'],
] as const)('a system that prefers %j is spoken to in %s', (preferred, language) => {
  expect(systemLanguage(preferred)).toBe(language);
});
