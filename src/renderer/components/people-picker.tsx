import {
  Avatar,
  Tag,
  TagPicker,
  TagPickerControl,
  TagPickerGroup,
  TagPickerInput,
  TagPickerList,
  TagPickerOption,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Person } from '../../shared/domain/people.ts';
import { foldForSearch } from '../../shared/text/fold.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

/** Any number of people, found by typing their names with or without marks. */
export function PeoplePicker({
  label,
  people,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly people: readonly Person[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}) {
  const words = useTexts(texts);
  const [typed, setTyped] = useState('');
  const taken = people.filter(({ id }) => chosen.includes(id));
  const found = people.filter(
    ({ id, name }) => !chosen.includes(id) && foldForSearch(name).includes(foldForSearch(typed)),
  );
  return (
    <TagPicker
      selectedOptions={[...chosen]}
      onOptionSelect={(_, { selectedOptions }) => {
        onChange(selectedOptions);
        setTyped('');
      }}
    >
      <TagPickerControl>
        <TagPickerGroup aria-label={label}>
          {taken.map(({ id, name }) => (
            <Tag
              key={id}
              value={id}
              shape="rounded"
              media={<Avatar aria-hidden name={name} color="colorful" />}
            >
              {name}
            </Tag>
          ))}
        </TagPickerGroup>
        <TagPickerInput
          aria-label={label}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </TagPickerControl>
      <TagPickerList>
        {found.length === 0
          ? words.nobodyFound
          : found.map(({ id, name, title, unit }) => (
              <TagPickerOption
                key={id}
                value={id}
                text={name}
                media={<Avatar aria-hidden name={name} color="colorful" />}
                secondaryContent={title || unit}
              >
                {name}
              </TagPickerOption>
            ))}
      </TagPickerList>
    </TagPicker>
  );
}
