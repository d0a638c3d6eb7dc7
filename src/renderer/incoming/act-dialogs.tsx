import { useState } from 'react';
import {
  Button,
  Checkbox,
  Field,
  makeStyles,
  Select,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import type { IncomingDetail } from '../../shared/ipc/incoming.ts';
import { localDay } from '../../shared/text/dates.ts';
import { call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { DateField } from '../components/date-field.tsx';
import { ReasonDialog } from '../components/reason-dialog.tsx';
import { PeoplePicker } from '../components/people-picker.tsx';
import { go } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  suggestions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

interface ActProps {
  readonly document: IncomingDetail;
  readonly onClose: () => void;
}

/** A second entry for what looks like one document is confirmed first (NĐ 30/2020, Phụ lục VI, III.1h). */
export function RegisterDuplicateDialog({ document, onClose }: ActProps) {
  const words = useTexts(texts);
  return (
    <ActDialog
      title={words.register.title}
      action={words.register.sure}
      careful
      act={async () => {
        await call('incoming.register', { id: document.id, confirmDuplicate: true });
      }}
      onClose={onClose}
    >
      <Text>{words.register.confirm}</Text>
      <Text weight="semibold">
        {document.code} · {document.subject}
      </Text>
    </ActDialog>
  );
}

export function RefuseDialog({ document: { id, code }, onClose }: ActProps) {
  const words = useTexts(texts);
  return (
    <ReasonDialog
      title={words.refuse.title}
      action={words.actions.refuse}
      label={words.refuse.reason}
      hint={words.refuse.hint}
      careful
      act={(reason) => call('incoming.refuse', { id, reason })}
      onClose={onClose}
    >
      <Text>{words.refuse.warning(code)}</Text>
    </ReasonDialog>
  );
}

/** One main handler, others, a deadline, an opinion (NĐ 30/2020, Điều 23.2). */
export function DirectDialog({ document, onClose }: ActProps) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { people, now } = useSession();
  const [main, setMain] = useState('');
  const [others, setOthers] = useState<readonly string[]>([]);
  const [due, setDue] = useState(document.dueDate);
  const [opinion, setOpinion] = useState('');
  const [signed, setSigned] = useState(false);
  const there = people.filter(({ active }) => active);
  return (
    <ActDialog
      title={words.direct.title}
      action={words.actions.direct}
      ready={main !== '' && opinion.trim() !== ''}
      act={async () => {
        await call('incoming.direct', {
          id: document.id,
          mainHandlerId: main,
          otherHandlerIds: others.filter((id) => id !== main),
          dueDate: due,
          opinion,
        });
        if (signed) go('signing', document.id, { act: 'comment' });
      }}
      onClose={onClose}
    >
      <Field label={words.direct.main} required>
        <Select value={main} onChange={(_, { value }) => setMain(value)}>
          <option value="">{words.direct.choosePerson}</option>
          {there.map(({ id, name, unit, title }) => (
            <option key={id} value={id}>
              {[name, title || unit].filter(Boolean).join(' – ')}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={words.direct.others}>
        <PeoplePicker
          label={words.direct.others}
          people={there.filter(({ id }) => id !== main)}
          chosen={others}
          onChange={setOthers}
        />
      </Field>
      <DateField label={words.direct.due} value={due} min={localDay(now)} onChange={setDue} />
      <Field label={words.direct.opinion} required>
        <Textarea value={opinion} maxLength={2000} rows={4} onChange={(_, { value }) => setOpinion(value)} />
      </Field>
      <div className={styles.suggestions}>
        {words.direct.usual.map((sentence) => (
          <Button key={sentence} size="small" shape="circular" onClick={() => setOpinion(sentence)}>
            {sentence}
          </Button>
        ))}
      </div>
      {document.fileActs.includes('comment') && (
        <Checkbox
          label={words.direct.sign}
          checked={signed}
          onChange={(_, { checked }) => setSigned(checked === true)}
        />
      )}
    </ActDialog>
  );
}

/** Closing needs a result and, where the letter was answered, the answer. */
export function CloseDialog({ document, onClose }: ActProps) {
  const words = useTexts(texts);
  const [result, setResult] = useState('');
  const answered = document.links.filter(({ relation }) => relation === 'answered-by');
  const [replyId, setReplyId] = useState(answered[0]?.id ?? '');
  const issued = useCall(
    'outgoing.list',
    { states: ['issued', 'sealed', 'numbered'], sort: 'number', limit: 100 },
    [],
  );
  const known = new Set(answered.map(({ id }) => id));
  const choices = [
    ...answered.map(({ id, code, subject }) => ({ id, code, subject })),
    ...(issued.data?.rows ?? []).filter(({ id }) => !known.has(id)),
  ];
  return (
    <ActDialog
      title={words.close.title}
      action={words.actions.close}
      ready={result.trim().length >= 2}
      act={async () => {
        await call('incoming.close', {
          id: document.id,
          result,
          replyId: replyId || null,
        });
      }}
      onClose={onClose}
    >
      <Field label={words.close.result} required>
        <Textarea value={result} maxLength={2000} rows={3} onChange={(_, { value }) => setResult(value)} />
      </Field>
      <Field label={words.close.reply}>
        <Select value={replyId} onChange={(_, { value }) => setReplyId(value)}>
          <option value="">{words.close.noReply}</option>
          {choices.map(({ id, code, subject }) => (
            <option key={id} value={id}>
              {[code, subject].filter(Boolean).join(' · ')}
            </option>
          ))}
        </Select>
      </Field>
    </ActDialog>
  );
}
