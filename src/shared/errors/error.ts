/** One failure a person can meet: a sentence in each language that says what happened and what to do. */
export interface ErrorText {
  readonly vi: string;
  readonly en: string;
}
export type ErrorTexts = Readonly<Record<string, ErrorText>>;
export type ErrorParams = Readonly<Record<string, string | number>>;
