import { create } from 'zustand';

export type Language = 'vi' | 'en';

/** Words of one feature: sentences, sentences with places to fill, and groups of them. */
type Word = string | readonly string[] | ((...values: never[]) => string) | { readonly [key: string]: Word };
export type Words = Readonly<Record<string, Word>>;
export type Bilingual<T> = Readonly<Record<Language, T>>;

/** The texts of a feature: Vietnamese decides which there are, English must have exactly the same. */
export function bilingual<T extends Words>(texts: { readonly vi: T; readonly en: NoInfer<T> }): Bilingual<T> {
  return texts;
}

const storageKey = 'language';

function remembered(): Language {
  return typeof localStorage !== 'undefined' && localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi';
}

interface LanguageStore {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

export const useLanguageStore = create<LanguageStore>((set) => ({
  language: remembered(),
  setLanguage: (language) => {
    localStorage.setItem(storageKey, language);
    set({ language });
  },
}));

// Another window of the desk has chosen: all of them speak one language.
globalThis.window?.addEventListener('storage', ({ key }) => {
  if (key === storageKey) useLanguageStore.setState({ language: remembered() });
});

export const useLanguage = (): Language => useLanguageStore((state) => state.language);

/** A feature's texts in the language chosen. */
export function useTexts<T>(texts: Bilingual<T>): T {
  return texts[useLanguage()];
}

/** `1.204` in Vietnamese, `1,204` in English. */
export function showNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB').format(value);
}
