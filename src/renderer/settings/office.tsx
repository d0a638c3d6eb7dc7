import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { copyCases, markTimes, type Office, officeSchema } from '../../shared/domain/people.ts';
import { call } from '../desk/bridge.ts';
import { useTexts } from '../texts/language.ts';
import { SaveForm, Section } from './section.tsx';
import { texts } from './texts.ts';
import { useForm } from './use-form.ts';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    alignItems: 'start',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalM,
    // A list is else as broad as its longest choice.
    '& select': { width: '100%', minWidth: 0 },
  },
  wide: { gridColumn: '1 / -1' },
});

/** Fields as they are typed. */
type Typed = Record<keyof Office, string>;

const emptyOffice: Typed = {
  name: '',
  superior: '',
  code: '',
  oldCodes: '',
  abbreviation: '',
  place: '',
  address: '',
  email: '',
  phone: '',
  sealDiameterMm: '36',
  markTime: 'ISO',
  copyCase: 'sentence',
};

const typedOffice = (office: Office): Typed => ({
  ...office,
  oldCodes: office.oldCodes.join(', '),
  sealDiameterMm: String(office.sealDiameterMm),
});

const parseOffice = (typed: Typed) =>
  officeSchema.safeParse({
    ...typed,
    oldCodes: typed.oldCodes
      .split(',')
      .map((code) => code.trim())
      .filter((code) => code !== ''),
    sealDiameterMm: Number(typed.sealDiameterMm.replace(',', '.')),
  });

const wrongIn = (typed: Typed): ReadonlySet<PropertyKey | undefined> =>
  new Set(parseOffice(typed).error?.issues.map(({ path }) => path[0]));

/** What an office must say of itself. */
const needed = wrongIn(emptyOffice);

export function OfficeSection({
  office,
  mayChange,
}: {
  readonly office: Office | null;
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const form = useForm(office ? typedOffice(office) : emptyOffice, async (typed) => {
    await call('settings.save-office', officeSchema.parse(parseOffice(typed).data));
    return typed;
  });
  const wrong = wrongIn(form.values);
  const text = (field: keyof Office, hint?: string, wide = false) => {
    const shown = form.values[field];
    const isWrong = wrong.has(field) && form.touched.has(field);
    return (
      <Field
        className={wide ? styles.wide : ''}
        label={words.office[field]}
        hint={hint ?? null}
        required={needed.has(field)}
        validationState={isWrong ? 'error' : 'none'}
        validationMessage={isWrong ? words[shown.trim() === '' ? 'missing' : 'invalid'] : null}
      >
        <Input value={shown} disabled={!mayChange} onChange={(_, { value }) => form.set(field, value)} />
      </Field>
    );
  };

  return (
    <Section title={words.sections.office} {...(!mayChange && { hint: words.readOnly })}>
      <SaveForm saving={form.saving} saved={form.saved} ready={mayChange && wrong.size === 0}>
        <div className={styles.grid}>
          {text('name', undefined, true)}
          {text('superior', undefined, true)}
          {text('code', words.office.codeHint)}
          {text('oldCodes', words.office.oldCodesHint)}
          {text('abbreviation', words.office.abbreviationHint)}
          {text('place')}
          {text('address', undefined, true)}
          {text('email')}
          {text('phone')}
          {text('sealDiameterMm', words.office.sealHint)}
          <Field className={styles.wide} label={words.office.markTime} hint={words.office.markTimeHint}>
            <Select
              value={form.values.markTime}
              disabled={!mayChange}
              onChange={(_, { value }) => form.set('markTime', value)}
            >
              {markTimes.map((format) => (
                <option key={format} value={format}>
                  {words.office.markTimes[format]}
                </option>
              ))}
            </Select>
          </Field>
          <Field className={styles.wide} label={words.office.copyCase} hint={words.office.copyCaseHint}>
            <Select
              value={form.values.copyCase}
              disabled={!mayChange}
              onChange={(_, { value }) => form.set('copyCase', value)}
            >
              {copyCases.map((each) => (
                <option key={each} value={each}>
                  {words.office.copyCases[each]}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </SaveForm>
    </Section>
  );
}
