import { makeStyles, tokens } from '@fluentui/react-components';
import { useLanguage, useTexts } from '../../texts/language.ts';
import { formatHash, routeTo, useRoute } from '../../navigation/route.ts';
import { About } from '../../about/index.tsx';
import { texts as aboutTexts } from '../../about/texts.ts';
import { texts } from '../texts.ts';
import { useSession } from '../../desk/use-session.ts';
import { Blocks } from './blocks.tsx';
import { helpPages } from './pages.ts';

const useStyles = makeStyles({
  root: { display: 'flex', height: '100%', minHeight: 0 },
  contents: {
    flex: 'none',
    width: '240px',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalM,
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  entry: {
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '&[aria-current="page"]': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  version: {
    marginTop: 'auto',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    paddingLeft: tokens.spacingHorizontalM,
  },
  page: {
    flex: '1 1 0',
    minWidth: 0,
    overflowY: 'auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXXL}`,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase500,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '& > *': { maxWidth: '720px' },
    '& h1': { fontSize: tokens.fontSizeBase600, margin: '0 0 12px' },
    '& h2': { fontSize: tokens.fontSizeBase500, margin: '24px 0 8px' },
    '& p': { margin: '8px 0' },
    '& ul, & ol': { margin: '8px 0', paddingLeft: '24px' },
    '& li': { margin: '4px 0' },
    '& code': {
      fontSize: tokens.fontSizeBase300,
      padding: '1px 6px',
      borderRadius: tokens.borderRadiusMedium,
      border: `1px solid ${tokens.colorNeutralStroke2}`,
      backgroundColor: tokens.colorNeutralBackground3,
    },
    '& table': { borderCollapse: 'collapse', margin: '12px 0' },
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: '6px 16px 6px 8px',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
});

/** The address `#/help/about`, below the help pages. */
const ABOUT = 'about';

/** F1: the help pages, inside the program, without a network. */
export function HelpScreen() {
  const styles = useStyles();
  const words = useTexts(texts);
  const pages = helpPages(useLanguage());
  const { version } = useSession();
  const { id } = useRoute();
  const aboutWords = useTexts(aboutTexts);
  const isAbout = id === ABOUT;
  const page = isAbout ? undefined : (pages.find(({ name }) => name === id) ?? pages[0]);
  return (
    <div className={styles.root}>
      <nav className={styles.contents} aria-label={words.places.help} data-pane>
        {pages.map(({ name, title, language }) => (
          <a
            key={name}
            className={styles.entry}
            href={formatHash(routeTo('help', name))}
            aria-current={name === page?.name ? 'page' : undefined}
            lang={language}
          >
            {title}
          </a>
        ))}
        <a
          className={styles.entry}
          href={formatHash(routeTo('help', ABOUT))}
          aria-current={isAbout ? 'page' : undefined}
        >
          {aboutWords.title}
        </a>
        <span className={styles.version}>{words.version(version)}</span>
      </nav>
      {isAbout && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a text longer than the window must scroll by key
        <article key={ABOUT} className={styles.page} tabIndex={0} data-pane>
          <About />
        </article>
      )}
      {page && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a text longer than the window must scroll by key
        <article key={page.name} className={styles.page} tabIndex={0} lang={page.language} data-pane>
          <Blocks blocks={page.blocks} />
        </article>
      )}
    </div>
  );
}
