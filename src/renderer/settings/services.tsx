import { Checkbox, Field, Input } from '@fluentui/react-components';
import { type Settings, signingServicesSchema } from '../../shared/ipc/settings.ts';
import { call } from '../desk/bridge.ts';
import { useTexts } from '../texts/language.ts';
import { SaveForm, Section } from './section.tsx';
import { texts } from './texts.ts';
import { useForm } from './use-form.ts';

/** What is asked over the network about signatures, and whom. */
export function ServicesSection({
  services,
  mayChange,
}: {
  readonly services: Settings['services'];
  readonly mayChange: boolean;
}) {
  const words = useTexts(texts);
  const form = useForm(services, async (values) => {
    await call('settings.save-services', values);
    return values;
  });
  const { values, set } = form;
  const isValid = signingServicesSchema.safeParse(values).success;
  return (
    <Section title={words.sections.services} hint={mayChange ? words.services.hint : words.readOnly}>
      <SaveForm saving={form.saving} saved={form.saved} ready={mayChange && isValid}>
        <Checkbox
          label={words.services.revocation}
          checked={values.revocation}
          disabled={!mayChange}
          onChange={(_, { checked }) => set('revocation', checked === true)}
        />
        <Checkbox
          label={words.services.timestamps}
          checked={values.timestamps}
          disabled={!mayChange}
          onChange={(_, { checked }) => set('timestamps', checked === true)}
        />
        <Checkbox
          label={words.services.timestampBeforeSending}
          checked={values.timestamps && values.timestampBeforeSending}
          disabled={!mayChange || !values.timestamps}
          onChange={(_, { checked }) => set('timestampBeforeSending', checked === true)}
        />
        <Field
          label={words.services.tsaUrl}
          hint={words.services.tsaHint}
          validationState={isValid ? 'none' : 'error'}
          validationMessage={isValid ? null : words.invalid}
        >
          <Input
            type="url"
            value={values.tsaUrl}
            disabled={!mayChange || !values.timestamps}
            onChange={(_, { value }) => set('tsaUrl', value.trim())}
          />
        </Field>
      </SaveForm>
    </Section>
  );
}
