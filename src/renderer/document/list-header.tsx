import { type ReactElement, useEffect, useState } from 'react';
import {
  Button,
  makeStyles,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  SearchBox,
  Subtitle1,
  ToggleButton,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import { ArrowSortRegular } from '@fluentui/react-icons/svg/arrow-sort';
import { useRoute } from '../navigation/route.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  top: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  title: { flex: '1 1 0', margin: 0, whiteSpace: 'nowrap' },
  box: { width: '100%', maxWidth: 'none' },
  chips: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  chip: { minWidth: 'auto' },
});

export interface Choice<K extends string> {
  readonly key: K;
  readonly label: string;
}

/** Typing pauses this long before the list is asked: Vietnamese input methods correct letters already typed. */
const pauseMs = 300;

/** Head of a list: its name, how it is sorted, words and chips that narrow it. */
export function ListHeader<F extends string, S extends string>({
  title,
  narrowLabel,
  sortLabel,
  filters,
  filter,
  onFilter,
  sorts,
  sort,
  onSort,
  onText,
  action,
}: {
  readonly title: string;
  readonly narrowLabel: string;
  readonly sortLabel: string;
  readonly filters: readonly Choice<F>[];
  readonly filter: F;
  readonly onFilter: (filter: F) => void;
  readonly sorts: readonly Choice<S>[];
  readonly sort: S;
  readonly onSort: (sort: S) => void;
  readonly onText: (text: string) => void;
  readonly action?: ReactElement;
}) {
  const styles = useStyles();
  const nothingOpen = useRoute().id === null;
  const [typed, setTyped] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => onText(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, onText]);
  return (
    <div className={styles.root}>
      <div className={styles.top}>
        <Subtitle1 as={nothingOpen ? 'h1' : 'h2'} className={styles.title}>
          {title}
        </Subtitle1>
        <Menu
          checkedValues={{ sort: [sort] }}
          onCheckedValueChange={(_, { checkedItems }) => onSort(checkedItems[0] as S)}
        >
          <MenuTrigger disableButtonEnhancement>
            <Tooltip content={sortLabel} relationship="label">
              <Button appearance="subtle" icon={<ArrowSortRegular />} />
            </Tooltip>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {sorts.map(({ key, label }) => (
                <MenuItemRadio key={key} name="sort" value={key}>
                  {label}
                </MenuItemRadio>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
        {action}
      </div>
      <SearchBox
        className={styles.box}
        value={typed}
        maxLength={200}
        placeholder={narrowLabel}
        aria-label={narrowLabel}
        onChange={(_, { value }) => setTyped(value)}
      />
      <div className={styles.chips}>
        {filters.map(({ key, label }) => (
          <ToggleButton
            key={key}
            className={styles.chip}
            size="small"
            shape="circular"
            checked={key === filter}
            onClick={() => onFilter(key)}
          >
            {label}
          </ToggleButton>
        ))}
      </div>
    </div>
  );
}
