import { useState } from 'react';
import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  SpinButton,
  Text,
  tokens,
} from '@fluentui/react-components';
import { axisSettingsSchema, type Settings } from '../../shared/ipc/settings.ts';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { useAct } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { SaveForm, Section } from './section.tsx';
import { texts } from './texts.ts';
import { useForm } from './use-form.ts';

const useStyles = makeStyles({
  minutes: { width: '96px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The connection to the axis. The secret goes in and never comes out again. */
export function AxisSection({
  axis,
  mayChange,
}: {
  readonly axis: Settings['axis'];
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { secretSet, ...saved } = axis;
  const form = useForm({ ...saved, secret: '' }, async (values) => {
    await call('settings.save-axis', values);
    return { ...values, secret: '' };
  });
  const { values, set } = form;
  const { secret, ...fields } = values;
  const valid = axisSettingsSchema.safeParse(fields);
  const badUrl =
    form.touched.has('url') && !valid.success && valid.error.issues.some(({ path }) => path[0] === 'url');
  return (
    <Section title={words.sections.axis} {...(!mayChange && { hint: words.readOnly })}>
      <SaveForm saving={form.saving} saved={form.saved} ready={mayChange && valid.success} beside={<Test />}>
        <Field
          label={words.axis.url}
          validationState={badUrl ? 'error' : 'none'}
          validationMessage={badUrl ? words[values.url === '' ? 'missing' : 'invalid'] : null}
        >
          <Input
            type="url"
            value={values.url}
            disabled={!mayChange}
            onChange={(_, { value }) => set('url', value.trim())}
          />
        </Field>
        <Field label={words.axis.systemId}>
          <Input
            value={values.systemId}
            disabled={!mayChange}
            onChange={(_, { value }) => set('systemId', value)}
          />
        </Field>
        <Field label={words.axis.secret} hint={secretSet ? words.axis.secretKept : words.axis.secretMissing}>
          <Input
            type="password"
            autoComplete="off"
            value={secret}
            disabled={!mayChange}
            onChange={(_, { value }) => set('secret', value)}
          />
        </Field>
        <Checkbox
          label={words.axis.allowHttp}
          checked={values.allowHttp}
          disabled={!mayChange}
          onChange={(_, { checked }) => set('allowHttp', checked === true)}
        />
        <Field label={words.axis.interval}>
          <SpinButton
            className={styles.minutes}
            min={1}
            max={60}
            value={values.intervalMinutes}
            disabled={!mayChange}
            onChange={(_, { value, displayValue }) => {
              const minutes = value ?? Number.parseInt(displayValue ?? '', 10);
              if (Number.isInteger(minutes)) set('intervalMinutes', minutes);
            }}
          />
        </Field>
      </SaveForm>
      <Text size={200} className={styles.quiet}>
        {words.axis.testHint}
      </Text>
    </Section>
  );
}

function Test() {
  const words = useTexts(texts);
  const language = useLanguage();
  const [agencies, setAgencies] = useState<number>();
  const test = useAct(async () => {
    setAgencies(undefined);
    setAgencies((await call('settings.test-axis', {})).agencies);
  });
  return (
    <>
      <Button
        disabledFocusable={test.busy}
        icon={test.slow ? <Spinner size="tiny" /> : null}
        onClick={() => test.run()}
      >
        {words.axis.test}
      </Button>
      {test.failure && <ErrorMessage failure={test.failure} />}
      {agencies !== undefined && (
        <MessageBar intent="success">
          <MessageBarBody>{words.axis.works(showNumber(agencies, language))}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
