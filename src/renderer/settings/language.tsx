import { Radio, RadioGroup } from '@fluentui/react-components';
import { useLanguageStore, useTexts } from '../texts/language.ts';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

export function LanguageSection() {
  const words = useTexts(texts);
  const { language, setLanguage } = useLanguageStore();
  return (
    <Section title={words.sections.language} hint={words.languageHint}>
      <RadioGroup
        aria-label={words.sections.language}
        value={language}
        onChange={(_, { value }) => setLanguage(value === 'en' ? 'en' : 'vi')}
      >
        <Radio value="vi" label={<span lang="vi">Tiếng Việt</span>} />
        <Radio value="en" label={<span lang="en">English</span>} />
      </RadioGroup>
    </Section>
  );
}
