import type { Language } from '../../texts/language.ts';
import { type Block, parseMarkdown } from './markdown.ts';

/** `assets/help/NN-name.md` is Vietnamese, `assets/help/en/NN-name.md` the same page in English. */
const files = import.meta.glob<string>('../../../../assets/help/**/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface HelpPage {
  readonly name: string;
  readonly language: Language;
  readonly title: string;
  readonly blocks: readonly Block[];
}

function read(path: string, source: string): HelpPage {
  const name = /([^/]+)\.md$/.exec(path)![1]!;
  const blocks = parseMarkdown(source);
  const [first] = blocks;
  const title = first?.kind === 'heading' ? first.content.map(({ text }) => text).join('') : name;
  return { name, language: path.includes('/en/') ? 'en' : 'vi', title, blocks };
}

const pages = Object.entries(files)
  .map(([path, source]) => read(path, source))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The pages of help; a page not translated stands in Vietnamese. */
export function helpPages(language: Language): readonly HelpPage[] {
  return pages
    .filter((page) => page.language === 'vi')
    .map((page) => pages.find((other) => other.name === page.name && other.language === language) ?? page);
}
