import { type KeyboardEvent, useId, useState } from 'react';
import {
  Button,
  makeStyles,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  SearchBox,
  Subtitle2,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import { DocumentTextFilled } from '@fluentui/react-icons/svg/document-text';
import { LocalLanguageRegular } from '@fluentui/react-icons/svg/local-language';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { Hidden } from '../components/hidden.tsx';
import { PersonAvatar } from '../components/person-avatar.tsx';
import { SyncState } from '../exchange/index.tsx';
import { type Language, useLanguageStore, useTexts } from '../texts/language.ts';
import { ariaKey, useKey, withKey } from '../navigation/keys.ts';
import { go, useRoute } from '../navigation/route.ts';
import { mayEnter } from '../navigation/places.ts';
import { texts } from './texts.ts';
import { useAct } from '../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../desk/use-session.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    flex: 'none',
    height: '48px',
    boxSizing: 'border-box',
    padding: `0 ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flex: 'none',
    width: '172px',
  },
  mark: { display: 'inline-flex', fontSize: '24px', color: tokens.colorBrandForeground1 },
  search: { flex: '1 1 0', display: 'flex', minWidth: 0 },
  box: { width: '100%', maxWidth: '520px' },
  right: { display: 'flex', alignItems: 'center', flex: 'none', gap: tokens.spacingHorizontalXS },
});

export function TopBar() {
  const styles = useStyles();
  const words = useTexts(texts);
  const person = useCurrentPerson();
  return (
    <header className={styles.root} data-pane>
      <span className={styles.brand}>
        <span className={styles.mark} aria-hidden>
          <DocumentTextFilled />
        </span>
        <Subtitle2>{words.product}</Subtitle2>
      </span>
      <div className={styles.search}>{person && <Search />}</div>
      <div className={styles.right}>
        {person && mayEnter(person.role, 'exchange') && <SyncState />}
        <LanguageMenu />
        <PersonMenu />
      </div>
    </header>
  );
}

/** Searches on Enter: the search itself, with its results, is a place of its own. */
function Search() {
  const styles = useStyles();
  const words = useTexts(texts);
  const route = useRoute();
  const inputId = useId();
  const [text, setText] = useState(route.query['text'] ?? '');
  useKey('search', () => {
    const input = document.getElementById(inputId);
    if (input instanceof HTMLInputElement) input.select();
  });
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing && text.trim()) {
      go('search', null, { text: text.trim() });
    }
  };
  return (
    <search className={styles.box}>
      <SearchBox
        id={inputId}
        className={styles.box}
        value={text}
        maxLength={200}
        placeholder={withKey(words.searchHint, 'search')}
        aria-label={words.search}
        aria-keyshortcuts={ariaKey('search')}
        onChange={(_, { value }) => setText(value)}
        onKeyDown={pressed}
      />
    </search>
  );
}

const languageNames: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English' };

function LanguageMenu() {
  const words = useTexts(texts);
  const { language, setLanguage } = useLanguageStore();
  return (
    <Menu
      checkedValues={{ language: [language] }}
      onCheckedValueChange={(_, { checkedItems }) => setLanguage(checkedItems[0] === 'en' ? 'en' : 'vi')}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={words.language} relationship="description">
          <Button appearance="subtle" icon={<LocalLanguageRegular />}>
            <Hidden>{`${words.language}: ${languageNames[language]}, `}</Hidden>
            {language.toUpperCase()}
          </Button>
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {(['vi', 'en'] as const).map((code) => (
            <MenuItemRadio key={code} name="language" value={code} lang={code}>
              {languageNames[code]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** Who sits at the desk now; another takes the seat here. */
function PersonMenu() {
  const words = useTexts(texts);
  const session = useSession();
  const person = useCurrentPerson();
  const sit = useAct(async (personId: string) => {
    await call('session.sit', { personId });
  });
  return (
    <>
      {sit.failure && <ErrorMessage failure={sit.failure} onDismiss={sit.clear} />}
      <Menu
        checkedValues={{ person: person ? [person.id] : [] }}
        onCheckedValueChange={(_, { checkedItems }) => {
          const [chosen] = checkedItems;
          if (chosen && chosen !== person?.id) sit.run(chosen);
        }}
      >
        <MenuTrigger disableButtonEnhancement>
          <Tooltip content={words.person} relationship="description">
            <Button appearance="subtle" icon={<PersonAvatar size={24} name={person?.name ?? ''} />}>
              <Hidden>{`${words.person}: `}</Hidden>
              {person?.name ?? '–'}
            </Button>
          </Tooltip>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {session.people
              .filter(({ active }) => active)
              .map(({ id, name, role, title }) => (
                <MenuItemRadio key={id} name="person" value={id} subText={title || words.role[role]}>
                  {name}
                </MenuItemRadio>
              ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
}
