import { useState } from 'react';
import {
  makeStyles,
  Tag,
  TagPicker,
  TagPickerControl,
  TagPickerGroup,
  TagPickerInput,
  TagPickerList,
  TagPickerOption,
} from '@fluentui/react-components';
import { BuildingGovernmentRegular } from '@fluentui/react-icons/svg/building-government';
import type { Organisation } from '../../shared/ipc/call.ts';
import { useCall } from '../desk/use-call.ts';
import { failureSentence } from './error-message.tsx';
import { texts } from './texts.ts';
import { useLanguage, useTexts } from '../texts/language.ts';

const useStyles = makeStyles({
  // A long name takes a second line; Fluent keeps a tag on one.
  tag: { maxWidth: '100%', height: 'auto', minHeight: '32px' },
  name: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
});

/** Recipients out of the agency directory of the axis, by name or by code, old codes included. */
export function AgencyPicker({
  label,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly chosen: readonly Organisation[];
  readonly onChange: (agencies: readonly Organisation[]) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const found = useCall('agencies.find', { text: typed.trim(), limit: 20 }, ['exchange']);
  const rows = (found.data?.rows ?? []).filter(({ code }) => chosen.every((agency) => agency.code !== code));
  return (
    <TagPicker
      selectedOptions={chosen.map(({ code }) => code)}
      onOptionSelect={(_, { selectedOptions }) => {
        const known = [...chosen, ...rows.map(({ code, name }) => ({ code, name }))];
        onChange(selectedOptions.flatMap((code) => known.find((agency) => agency.code === code) ?? []));
        setTyped('');
      }}
    >
      <TagPickerControl>
        <TagPickerGroup aria-label={label}>
          {chosen.map(({ code, name }) => (
            <Tag
              key={code}
              value={code}
              shape="rounded"
              title={code}
              className={styles.tag}
              primaryText={{ className: styles.name }}
            >
              {name} ({code})
            </Tag>
          ))}
        </TagPickerGroup>
        <TagPickerInput
          aria-label={label}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </TagPickerControl>
      <TagPickerList>
        {rows.length === 0
          ? found.failure
            ? failureSentence(found.failure, language)
            : words.nobodyFound
          : rows.map(({ code, name, oldCode }) => (
              <TagPickerOption
                key={code}
                value={code}
                text={name}
                media={<BuildingGovernmentRegular aria-hidden />}
                secondaryContent={oldCode ? `${code} (${oldCode})` : code}
              >
                {name}
              </TagPickerOption>
            ))}
      </TagPickerList>
    </TagPicker>
  );
}
