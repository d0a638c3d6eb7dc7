import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { grantOf } from '../../shared/domain/permissions.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Waiting } from '../components/waiting.tsx';
import { replace, useRoute } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useCurrentPerson } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { AxisSection } from './axis.tsx';
import { ImagesSection } from './images.tsx';
import { IntegritySection } from './integrity.tsx';
import { LanguageSection } from './language.tsx';
import { OfficeSection } from './office.tsx';
import { PeopleSection } from './people.tsx';
import { RootsSection } from './roots.tsx';
import { ServicesSection } from './services.tsx';
import { texts } from './texts.ts';
import { TokensSection } from './tokens.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { display: 'flex', flexGrow: 1, minHeight: 0 },
  tabs: {
    width: '216px',
    flexShrink: 0,
    // In line with the title above.
    padding: `0 ${tokens.spacingHorizontalS} 0 ${tokens.spacingHorizontalXS}`,
    '& .fui-Tab__content': { justifySelf: 'start' },
  },
  content: {
    flexGrow: 1,
    minWidth: 0,
    overflowY: 'auto',
    padding: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXL}`,
  },
});

const sections = [
  'office',
  'people',
  'axis',
  'tokens',
  'services',
  'roots',
  'images',
  'language',
  'integrity',
] as const;
type SectionName = (typeof sections)[number];

const isSection = (name: string | null): name is SectionName =>
  (sections as readonly (string | null)[]).includes(name);

/** Everything an office decides once; `#/settings/axis` opens a section. */
export function SettingsScreen() {
  const styles = useStyles();
  const words = useTexts(texts);
  const { id } = useRoute();
  const section = isSection(id) ? id : 'office';
  const { data, failure, slow, reload } = useCall('settings.get', {}, ['settings', 'session']);
  return (
    <div className={styles.root}>
      <PageHeader title={words.title} />
      {failure && <ErrorMessage failure={failure} onRetry={reload} />}
      {!data && slow && <Waiting />}
      {data && (
        <div className={styles.body}>
          <TabList
            className={styles.tabs}
            vertical
            aria-label={words.title}
            selectedValue={section}
            onTabSelect={(_, { value }) => replace('settings', String(value))}
          >
            {sections.map((name) => (
              <Tab key={name} value={name}>
                {words.sections[name]}
              </Tab>
            ))}
          </TabList>
          <div className={styles.content} data-pane>
            <SectionView section={section} settings={data} />
          </div>
        </div>
      )}
    </div>
  );
}

function SectionView({ section, settings }: { readonly section: SectionName; readonly settings: Settings }) {
  const person = useCurrentPerson();
  // An office without people is being set up: there is nobody yet to ask.
  const mayChange = person
    ? grantOf(person.role, 'settings.change') !== undefined
    : settings.people.length === 0;
  const common = { mayChange };
  const views: Readonly<Record<SectionName, React.JSX.Element>> = {
    office: <OfficeSection office={settings.office} {...common} />,
    people: <PeopleSection people={settings.people} {...common} />,
    axis: <AxisSection axis={settings.axis} {...common} />,
    tokens: <TokensSection settings={settings} {...common} />,
    services: <ServicesSection services={settings.services} {...common} />,
    roots: <RootsSection settings={settings} {...common} />,
    images: <ImagesSection settings={settings} {...common} />,
    language: <LanguageSection />,
    integrity: <IntegritySection />,
  };
  return views[section];
}
