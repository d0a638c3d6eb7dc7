import { useEffect, useState } from 'react';
import { Field, Input, Link, makeStyles, Select, Text, Textarea, tokens } from '@fluentui/react-components';
import { documentKinds } from '../../shared/domain/kinds.ts';
import { grantOf } from '../../shared/domain/permissions.ts';
import { urgencies } from '../../shared/domain/states.ts';
import type { DraftFields } from '../../shared/ipc/outgoing.ts';
import { localDay } from '../../shared/text/dates.ts';
import { call } from '../desk/bridge.ts';
import { AgencyPicker } from '../components/agency-picker.tsx';
import { DateField } from '../components/date-field.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { FileField } from '../components/file-field.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { texts as commonTexts } from '../components/texts.ts';
import { Waiting } from '../components/waiting.tsx';
import { useKey } from '../navigation/keys.ts';
import { back, formatHash, replace, routeTo } from '../navigation/route.ts';
import { useAct, useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { emptyDraft, missingIn, replyDraft, savedDraft, usesUnit } from './draft-form.ts';
import { FileTrouble } from '../document/file-trouble.tsx';
import { texts } from './texts.ts';

const subjectLength = 500;

const useStyles = makeStyles({
  form: {
    flex: '1 1 0',
    minHeight: 0,
    overflowY: 'auto',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXL}`,
    '& > *': { maxWidth: '760px', flex: 'none' },
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
  },
});

/** A new draft, empty or as the answer to an incoming letter. */
export function NewDraft({ replyTo }: { readonly replyTo: string | null }) {
  const words = useTexts(texts);
  const { people } = useSession();
  const signer = people.find(({ active, role }) => active && grantOf(role, 'outgoing.sign') !== undefined);
  const letter = useCall('incoming.get', replyTo === null ? null : { id: replyTo }, []);
  if (replyTo === null)
    return <DraftForm id={null} keptAs="new" initial={emptyDraft(signer?.id ?? '')} letterName="" />;
  if (letter.failure) return <ErrorMessage failure={letter.failure} onRetry={letter.reload} />;
  if (!letter.data) return letter.slow ? <Waiting /> : null;
  const { code, subject } = letter.data;
  return (
    <DraftForm
      id={null}
      keptAs={replyTo}
      initial={replyDraft(signer?.id ?? '', words.draft.replySubject(code), letter.data)}
      letterName={`${code} · ${subject}`}
    />
  );
}

/** A draft as saved, opened again to change it. */
export function EditDraft({ id }: { readonly id: string }) {
  const { data, failure, slow, reload } = useCall('outgoing.get', { id }, []);
  if (failure) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  const letter = data.links.find(({ relation }) => relation === 'replies-to');
  return (
    <DraftForm
      id={id}
      keptAs={id}
      initial={savedDraft(data)}
      letterName={letter ? `${letter.code} · ${letter.subject}` : ''}
    />
  );
}

/**
 * What was typed and not saved yet, as long as the window is open: looking up a letter in between, or a slip of the
 * hand, loses nothing.
 */
const unsaved = new Map<string, DraftFields>();
// Whoever closes the window or the tab is asked first.
window.addEventListener('beforeunload', (event) => {
  if (unsaved.size > 0) event.preventDefault();
});

function DraftForm({
  id,
  keptAs,
  initial,
  letterName,
}: {
  readonly id: string | null;
  /** Under what name unsaved fields are kept. */
  readonly keptAs: string;
  readonly initial: DraftFields;
  readonly letterName: string;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [fields, setFields] = useState(unsaved.get(keptAs) ?? initial);
  // Once saved it is changed, not made again, whatever happens to the submission.
  const [savedId, setSavedId] = useState(id);
  const [touched, setTouched] = useState(unsaved.has(keptAs));
  const change = (some: Partial<DraftFields>) => {
    setTouched(true);
    setFields((old) => ({ ...old, ...some }));
  };
  useEffect(() => {
    if (touched) unsaved.set(keptAs, fields);
  }, [touched, keptAs, fields]);

  const save = async (): Promise<string> => {
    const saved = savedId ?? (await call('outgoing.create', fields)).id;
    if (savedId !== null) await call('outgoing.update', { ...fields, id: saved });
    setSavedId(saved);
    unsaved.delete(keptAs);
    return saved;
  };
  const saving = useAct(async () => {
    replace('outgoing', await save());
  });
  const submitting = useAct(async () => {
    const saved = await save();
    await call('outgoing.submit', { id: saved });
    replace('outgoing', saved);
  });

  const missing = missingIn(fields);
  const saveable = !missing.includes('subject') && !missing.includes('signer');
  const busy = saving.busy || submitting.busy;
  const failure = submitting.failure ?? saving.failure;
  useKey('back', back, !touched);
  return (
    <>
      <PageHeader
        title={id === null ? words.draft.new : words.draft.edit}
        overline={
          missing.length > 0 && <Text>{words.draft.missing(missingWords(missing, words.draft))}</Text>
        }
        primary={{
          key: 'submit',
          label: words.draft.submit,
          disabled: missing.length > 0,
          busy,
          onClick: submitting.run,
        }}
        others={[{ key: 'save', label: words.draft.save, disabled: !saveable || busy, onClick: saving.run }]}
      />
      <div className={styles.form}>
        {failure && <ErrorMessage failure={failure} />}
        {fields.replyToId !== null && (
          <Text>
            {words.draft.replyTo}{' '}
            <Link href={formatHash(routeTo('incoming', fields.replyToId))}>{letterName}</Link>
          </Text>
        )}
        <WordFields fields={fields} change={change} />
        <FileFields fields={fields} change={change} />
      </div>
    </>
  );
}

type DraftWords = (typeof texts)['vi']['draft'];

function missingWords(missing: ReturnType<typeof missingIn>, words: DraftWords): string {
  return missing.map((name) => words.missingNames[name]).join(', ');
}

interface PartProps {
  readonly fields: DraftFields;
  readonly change: (some: Partial<DraftFields>) => void;
}

function WordFields({ fields, change }: PartProps) {
  const styles = useStyles();
  const words = useTexts(texts).draft;
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { people, now } = useSession();
  const signers = people.filter(({ active, role }) => active && grantOf(role, 'outgoing.sign') !== undefined);
  return (
    <>
      <div className={styles.row}>
        <Field label={words.kind} required>
          <Select value={fields.kindId} onChange={(_, { value }) => change({ kindId: value })}>
            {documentKinds.map((kind) => (
              <option key={kind.id} value={kind.id}>
                {kind.code === null ? kind[language] : `${kind[language]} (${kind.code})`}
              </option>
            ))}
          </Select>
        </Field>
        {usesUnit(fields.kindId) && (
          <Field label={words.unit} hint={words.unitHint}>
            <Input value={fields.unit} maxLength={20} onChange={(_, { value }) => change({ unit: value })} />
          </Field>
        )}
      </div>
      <Field label={words.subject} hint={words.subjectHint(subjectLength - fields.subject.length)} required>
        <Textarea
          value={fields.subject}
          maxLength={subjectLength}
          rows={3}
          onChange={(_, { value }) => change({ subject: value })}
        />
      </Field>
      <Field label={words.recipients} hint={words.recipientsHint}>
        <AgencyPicker
          label={words.recipients}
          chosen={fields.recipients}
          onChange={(recipients) => change({ recipients: [...recipients] })}
        />
      </Field>
      <div className={styles.row}>
        <Field label={words.signer} required>
          <Select value={fields.signerId} onChange={(_, { value }) => change({ signerId: value })}>
            <option value="">{words.chooseSigner}</option>
            {signers.map(({ id, name, title }) => (
              <option key={id} value={id}>
                {[name, title].filter(Boolean).join(' – ')}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={words.urgency}>
          <Select
            value={fields.urgency}
            onChange={(_, { value }) => change({ urgency: value as DraftFields['urgency'] })}
          >
            {urgencies.map((urgency) => (
              <option key={urgency} value={urgency}>
                {common.urgency[urgency]}
              </option>
            ))}
          </Select>
        </Field>
        <DateField
          label={words.due}
          value={fields.dueDate}
          min={localDay(now)}
          onChange={(dueDate) => change({ dueDate })}
        />
      </div>
    </>
  );
}

function FileFields({ fields, change }: PartProps) {
  const words = useTexts(texts).draft;
  return (
    <>
      <FileField
        label={words.main}
        hint={words.mainHint}
        extension=".pdf"
        required
        files={fields.main ? [fields.main] : []}
        onChange={([main]) => change({ main: main ?? null })}
      />
      {fields.main && (
        <FileTrouble
          isMain
          key={fields.main.sha256}
          file={fields.main}
          onTaken={(main) => change({ main })}
        />
      )}
      <FileField
        label={words.source}
        hint={words.sourceHint}
        extension=".docx"
        required
        files={fields.source ? [fields.source] : []}
        onChange={([source]) => change({ source: source ?? null })}
      />
      <FileField
        label={words.appendices}
        extension=".pdf"
        most={20}
        files={fields.appendices}
        onChange={(appendices) => change({ appendices: [...appendices] })}
      />
      {fields.appendices.map((file) => (
        <FileTrouble
          key={file.sha256}
          file={file}
          onTaken={(copy) =>
            change({ appendices: fields.appendices.map((old) => (old === file ? copy : old)) })
          }
        />
      ))}
    </>
  );
}
