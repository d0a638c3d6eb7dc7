import {
  Button,
  makeStyles,
  Menu,
  MenuButton,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { OutgoingRow } from '../../shared/ipc/outgoing.ts';
import { UrgencyBadge } from '../components/urgency-badge.tsx';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import type { SigningAct } from './signing-act.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    // The subject gives way, not the verbs.
    '& > .fui-Button': { flex: 'none', whiteSpace: 'nowrap' },
  },
  title: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexGrow: 1, minWidth: 0 },
  subject: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
  code: { flexShrink: 0, whiteSpace: 'nowrap' },
  menu: { flexShrink: 0 },
  item: { maxWidth: '520px' },
});

/** Which document this is, of how many; the others are one click away. */
export function QueueBar({
  act,
  rows,
  index,
  onOpen,
  onFiles,
  onBatch,
}: {
  readonly act: SigningAct;
  readonly rows: readonly OutgoingRow[];
  /** Of the document shown; -1 when it is not among them. */
  readonly index: number;
  readonly onOpen: (row: OutgoingRow | undefined) => void;
  readonly onFiles: () => void;
  /** Undefined when there is but one document to sign. */
  readonly onBatch: (() => void) | undefined;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const row = rows[index];
  const step = (label: string, icon: React.JSX.Element, to: OutgoingRow | undefined) => (
    <Button
      appearance="subtle"
      icon={icon}
      aria-label={label}
      title={label}
      disabled={!to}
      onClick={() => onOpen(to)}
    />
  );
  return (
    <header className={styles.bar}>
      <div className={styles.title}>
        {row && <UrgencyBadge urgency={row.urgency} />}
        {row && row.code !== '' && (
          <Text weight="semibold" className={styles.code}>
            {row.code}
          </Text>
        )}
        <h1 className={styles.subject} title={row?.subject}>
          {row?.subject ?? words.title}
        </h1>
      </div>
      <Button appearance="subtle" onClick={onFiles}>
        {words.signFiles}
      </Button>
      {onBatch && <Button onClick={onBatch}>{words.batch.start[act]}</Button>}
      {step(words.previous, <ChevronLeftRegular />, rows[index - 1])}
      <Menu
        checkedValues={{ document: row ? [row.id] : [] }}
        onCheckedValueChange={(_, { checkedItems: [chosen] }) => onOpen(rows.find(({ id }) => id === chosen))}
      >
        <MenuTrigger disableButtonEnhancement>
          <MenuButton className={styles.menu} appearance="subtle" title={words.queueMenu}>
            {words.queue[act](row ? showNumber(index + 1, language) : '–', showNumber(rows.length, language))}
          </MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {rows.map(({ id, code, subject, drafter }) => (
              <MenuItemRadio
                key={id}
                className={styles.item}
                name="document"
                value={id}
                subText={`${code || words.unnumbered} · ${drafter}`}
              >
                {subject}
              </MenuItemRadio>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {step(words.next, <ChevronRightRegular />, rows[index + 1])}
    </header>
  );
}
