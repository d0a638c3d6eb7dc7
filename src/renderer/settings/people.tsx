import { useState } from 'react';
import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import { newcomerRole, type Person, personSchema, roleSchema } from '../../shared/domain/people.ts';
import { call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { useTexts } from '../texts/language.ts';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2 },
  add: { alignSelf: 'flex-start' },
});

export function PeopleSection({
  people,
  mayChange,
}: {
  readonly people: readonly Person[];
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [editing, setEditing] = useState<Person>();
  return (
    <Section title={words.sections.people} {...(!mayChange && { hint: words.readOnly })}>
      {people.length === 0 && <EmptyState>{words.people.empty}</EmptyState>}
      <ul className={styles.list}>
        {people.map((person) => (
          <li key={person.id} className={styles.row}>
            <span>
              <Text weight="semibold">{person.name}</Text>
              {!person.active && <Text> ({words.people.inactive})</Text>}
              <Text className={styles.quiet}>{words.people.roles[person.role]}</Text>
            </span>
            <span>
              <Text>{person.title}</Text>
              <Text className={styles.quiet}>{person.unit}</Text>
            </span>
            <Button
              aria-label={words.people.editOf(person.name)}
              disabled={!mayChange}
              onClick={() => setEditing(person)}
            >
              {words.people.edit}
            </Button>
          </li>
        ))}
      </ul>
      <Button className={styles.add} disabled={!mayChange} onClick={() => setEditing(newPerson())}>
        {words.people.add}
      </Button>
      {editing && (
        <PersonDialog
          person={editing}
          isNew={!people.includes(editing)}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Section>
  );
}

const newPerson = (): Person => ({
  id: crypto.randomUUID(),
  name: '',
  role: newcomerRole,
  title: '',
  unit: '',
  active: true,
});

function PersonDialog({
  person,
  isNew,
  onClose,
}: {
  readonly person: Person;
  readonly isNew: boolean;
  readonly onClose: () => void;
}) {
  const words = useTexts(texts);
  const [typed, setTyped] = useState(person);
  const parsed = personSchema.safeParse(typed);
  const set = (change: Partial<Person>) => setTyped((old) => ({ ...old, ...change }));
  return (
    <ActDialog
      title={isNew ? words.people.add : words.people.editOf(person.name)}
      action={words.save}
      ready={parsed.success}
      act={async () => {
        await call('settings.save-person', personSchema.parse(parsed.data));
      }}
      onClose={onClose}
    >
      <Field label={words.people.name} required>
        <Input value={typed.name} onChange={(_, { value }) => set({ name: value })} />
      </Field>
      <Field label={words.people.role}>
        <RadioGroup value={typed.role} onChange={(_, { value }) => set({ role: roleSchema.parse(value) })}>
          {roleSchema.options.map((role) => (
            <Radio key={role} value={role} label={words.people.roles[role]} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={words.people.jobTitle} hint={words.people.titleHint}>
        <Input value={typed.title} onChange={(_, { value }) => set({ title: value })} />
      </Field>
      <Field label={words.people.unit}>
        <Input value={typed.unit} onChange={(_, { value }) => set({ unit: value })} />
      </Field>
      <Checkbox
        label={words.people.active}
        checked={typed.active}
        onChange={(_, { checked }) => set({ active: checked === true })}
      />
    </ActDialog>
  );
}
