import { expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '../../src/renderer/texts/language.ts';
import { type ErrorCode, errorSentence } from '../../src/shared/errors/index.ts';
import type { CallName } from '../../src/shared/ipc/index.ts';
import { lookAt } from './look.ts';
import { test } from './test.ts';
import { type Doubles, noAnswer, refused } from './test-desk.ts';

type Refusal = readonly [ErrorCode, Readonly<Record<string, string | number>>];

const diskFull: Refusal = ['store.disk-full', { place: 'D:\\Ban Van Thu' }];

/** What one screen is asked to show. */
export interface Screen {
  /** The address, `#/incoming/…`. */
  readonly at: string;
  /** What it asks when everything is there, besides what every window asks. */
  readonly doubles: Doubles;
  /** The call that fills it: without an answer the screen waits, with a refusal it says why. */
  readonly main?: CallName;
  /** How it is refused; the disk is full otherwise. */
  readonly refusal?: Refusal;
  /** Opens what stands behind a click: a tab, a dialog. The window speaks Vietnamese then. */
  readonly open?: Step;
  /** There when the screen is. */
  readonly ready: (page: Page, language: Language) => Locator;
  /** Doubles with nothing to show, and what the screen says then. */
  readonly empty?: { readonly doubles: Doubles; readonly says: (language: Language) => string };
  /** Doubles with everything as long as the contract allows. */
  readonly long?: Doubles;
  /** What is done here and refused in place. */
  readonly act?: Act;
}

export interface Act {
  readonly call: CallName;
  /** The disk is full otherwise. */
  readonly refusal?: Refusal;
  /** Types and chooses what the act needs. */
  readonly fill?: (page: Page) => Promise<void>;
  /** Does it, in the language that the window speaks. */
  readonly run: Step;
  /** What was typed is a secret: it is gone after the first try. */
  readonly secret?: true;
}

/** The first words of a PDF that is drawn. */
export const pageText = (page: Page) => page.locator('.pdf-text span');

export type Words = (language: Language) => string;

type Step = (page: Page, language?: Language) => Promise<void>;

/** A button of the screen, by its words. */
export const button = (words: Words) => (page: Page, language: Language) =>
  page.getByRole('button', { name: words(language), exact: true });

export const heading = (words: Words) => (page: Page, language: Language) =>
  page.getByRole('heading', { name: words(language), exact: true });

/** The dialog that is open: one asks for what cannot be undone, the other for something to be typed. */
const openDialog = (page: Page) => page.locator('[role=dialog], [role=alertdialog]');

export const dialogTitle = (words: Words) => (page: Page, language: Language) =>
  openDialog(page).getByRole('heading', { name: words(language), exact: true });

export const press =
  (words: Words): Step =>
  (page, language = 'vi') =>
    button(words)(page, language).click();

export const pressInDialog =
  (words: Words): Step =>
  (page, language = 'vi') =>
    openDialog(page)
      .getByRole('button', { name: words(language), exact: true })
      .click();

/** Chooses a file where a button opens the dialog for it. */
export const chooseFile =
  (words: Words, name: string): Step =>
  (page, language = 'vi') =>
    page.locator(`input[type=file][aria-label="${words(language)}"]`).setInputFiles({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(name),
    });

/** Types into the field of the dialog that keeps a PIN or a password. */
export const typePin = (page: Page) => openDialog(page).locator('input[type=password]').fill('12345678');

/** Types into the one field of the dialog. */
export const type = (typed: string) => (page: Page) => openDialog(page).getByRole('textbox').fill(typed);

/**
 * The tests of one screen, each state in both languages and sizes: everything there, nothing there, refused, waiting,
 * words without end, and its act refused in place.
 */
export function screenTests(name: string, screen: Screen): void {
  const { at, doubles, main, refusal = diskFull, open, ready, empty, long, act } = screen;

  /** One state: the desk that makes it, what is then seen, and what is done beyond looking. */
  function state(
    title: string,
    changes: Doubles,
    seen: (page: Page, language: Language) => Promise<void>,
    {
      before,
      after,
    }: { readonly before?: (page: Page) => Promise<void>; readonly after?: typeof before } = {},
  ): void {
    test(title, async ({ page, show }) => {
      await show({ ...doubles, ...changes }, at);
      await open?.(page);
      await before?.(page);
      await lookAt(page, title, (language) => seen(page, language));
      await after?.(page);
    });
  }

  const all = async (page: Page, language: Language) => {
    await expect(ready(page, language).first()).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  };
  const says =
    ([code, params]: Refusal) =>
    async (page: Page, language: Language) => {
      const alert = page.getByRole('alert').filter({ hasText: errorSentence(code, params, language) });
      await expect(alert.first()).toContainText(code);
    };

  state(name, {}, all);
  if (long) state(`${name} long`, long, all);
  if (empty)
    state(`${name} empty`, empty.doubles, (page, language) =>
      expect(page.getByText(empty.says(language)).first()).toBeVisible(),
    );
  if (main) {
    state(`${name} refused`, { [main]: refused(...refusal) }, says(refusal));
    state(`${name} waiting`, { [main]: noAnswer }, (page) =>
      expect(page.getByRole('progressbar').first()).toBeVisible(),
    );
  }
  if (act) {
    const said = act.refusal ?? diskFull;
    const asked: object[] = [];
    // Each try is a task of its own.
    const refuse = (argument: object) => {
      asked.push({ ...argument, taskId: null });
      return refused(...said);
    };
    const attempt = async (page: Page, language: Language) => {
      await expect(ready(page, language).first()).toBeVisible();
      if (asked.length === 0 || act.secret) await act.fill?.(page);
      await act.run(page, language);
    };
    state(`${name} refused in place`, { [act.call]: refuse }, says(said), {
      before: (page) => attempt(page, 'vi'),
      // What was typed is still there, and may be tried again: the desk is asked the same once more.
      after: async (page) => {
        await attempt(page, 'en');
        await expect.poll(() => asked.length).toBe(2);
        expect(asked[1]).toEqual(asked[0]);
      },
    });
  }
}
