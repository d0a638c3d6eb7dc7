import type { ReactElement, ReactNode } from 'react';
import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Spinner,
  Subtitle1,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { ariaKey, useKey, withKey } from '../navigation/keys.ts';
import { useTexts } from '../texts/language.ts';
import { smallWindow } from './small-window.ts';
import { texts } from './texts.ts';

export interface HeaderAction {
  readonly key: string;
  /** The verb of the decree: Vào sổ, Cho ý kiến, Phát hành… */
  readonly label: string;
  readonly icon?: ReactElement;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly busy?: boolean;
}

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS}`,
    // The title has the whole breadth below the line above it and the buttons.
    [smallWindow]: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      alignItems: 'center',
      rowGap: 0,
      paddingTop: tokens.spacingVerticalXS,
      paddingBottom: tokens.spacingVerticalXXS,
    },
  },
  text: { flex: '1 1 0', minWidth: 0, [smallWindow]: { display: 'contents' } },
  overline: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minWidth: 0,
    minHeight: '20px',
    color: tokens.colorNeutralForeground2,
  },
  title: {
    margin: 0,
    display: '-webkit-box',
    overflow: 'hidden',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    [smallWindow]: {
      fontSize: tokens.fontSizeBase400,
      lineHeight: tokens.lineHeightBase400,
      WebkitLineClamp: 1,
      gridColumn: '1 / -1',
      order: 1,
    },
  },
  actions: { display: 'flex', flex: 'none', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** Quiet actions beside the blue one; the rest wait under the three dots. */
const quietShown = 1;
const none: readonly HeaderAction[] = [];

/**
 * The first action is the blue button, unless it only stops or undoes work: that is never the next thing to do.
 */
export function nextThing(
  actions: readonly HeaderAction[],
  undoing: readonly string[],
): { readonly primary: HeaderAction | undefined; readonly others: readonly HeaderAction[] } {
  const [first, ...rest] = actions;
  if (!first || undoing.includes(first.key)) return { primary: undefined, others: actions };
  return { primary: first, others: rest };
}

/**
 * Heading of a page or a document, always visible, with its one blue button (Ctrl+Enter): the next thing to do.
 * `overline` is the line above the title: badges, number and notation, date.
 */
export function PageHeader({
  title,
  overline,
  primary,
  others = none,
  rare = none,
}: {
  readonly title: string;
  readonly overline?: ReactNode;
  readonly primary?: HeaderAction | undefined;
  readonly others?: readonly HeaderAction[];
  /** Always under the three dots. */
  readonly rare?: readonly HeaderAction[];
}) {
  const styles = useStyles();
  const under = [...others.slice(quietShown), ...rare];
  return (
    <header className={styles.root}>
      <div className={styles.text}>
        {overline && <div className={styles.overline}>{overline}</div>}
        <Subtitle1 as="h1" block className={styles.title} title={title}>
          {title}
        </Subtitle1>
      </div>
      <div className={styles.actions}>
        {primary && <PrimaryAction action={primary} />}
        {others.slice(0, quietShown).map((action) => (
          <Button
            key={action.key}
            icon={action.icon ?? null}
            disabled={action.disabled === true}
            onClick={action.onClick}
          >
            {action.label}
          </Button>
        ))}
        {under.length > 0 && <MoreActions actions={under} />}
      </div>
    </header>
  );
}

function PrimaryAction({ action }: { readonly action: HeaderAction }) {
  const unavailable = action.disabled === true || action.busy === true;
  useKey('primary', action.onClick, !unavailable);
  return (
    <Tooltip content={withKey(action.label, 'primary')} relationship="description">
      <Button
        appearance="primary"
        icon={action.busy ? <Spinner size="tiny" /> : (action.icon ?? null)}
        disabledFocusable={unavailable}
        aria-keyshortcuts={ariaKey('primary')}
        onClick={action.onClick}
      >
        {action.label}
      </Button>
    </Tooltip>
  );
}

function MoreActions({ actions }: { readonly actions: readonly HeaderAction[] }) {
  const words = useTexts(texts);
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={words.more} relationship="label">
          <Button appearance="subtle" icon={<MoreHorizontalRegular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {actions.map((action) => (
            <MenuItem
              key={action.key}
              icon={action.icon ?? null}
              disabled={action.disabled === true}
              onClick={action.onClick}
            >
              {action.label}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
