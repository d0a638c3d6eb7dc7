import { useState } from 'react';
import { Field, Text, Textarea } from '@fluentui/react-components';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import { call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { failureSentence } from '../components/error-message.tsx';
import { useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

interface ActProps {
  readonly document: OutgoingDetail;
  readonly onClose: () => void;
}

const shortestReason = 5;
const longestReason = 500;

/** Back to the drafter with what has to be corrected. */
export function ReturnDialog({ document, onClose }: ActProps) {
  const words = useTexts(texts);
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={words.returnDialog.title}
      action={words.actions.return}
      ready={reason.trim().length >= shortestReason}
      act={async () => {
        await call('outgoing.return', { id: document.id, reason: reason.normalize('NFC') });
      }}
      onClose={onClose}
    >
      <Field label={words.returnDialog.reason} hint={words.returnDialog.hint} required>
        <Textarea
          value={reason}
          maxLength={longestReason}
          rows={4}
          onChange={(_, { value }) => setReason(value)}
        />
      </Field>
    </ActDialog>
  );
}

export function CancelDialog({ document, onClose }: ActProps) {
  const words = useTexts(texts);
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={words.cancelDialog.title}
      action={words.actions.cancel}
      careful
      ready={reason.trim().length >= shortestReason}
      act={async () => {
        await call('outgoing.cancel', { id: document.id, reason: reason.normalize('NFC') });
      }}
      onClose={onClose}
    >
      <Text>{words.cancelDialog.warning(document.code || document.subject)}</Text>
      <Field label={words.cancelDialog.reason} required>
        <Textarea
          value={reason}
          maxLength={longestReason}
          rows={3}
          onChange={(_, { value }) => setReason(value)}
        />
      </Field>
    </ActDialog>
  );
}

export function IssueDialog({ document, onClose }: ActProps) {
  const words = useTexts(texts);
  const { recipients } = document;
  return (
    <ActDialog
      title={words.issueDialog.title}
      action={words.actions.issue}
      careful
      act={async () => {
        await call('outgoing.issue', { id: document.id });
      }}
      onClose={onClose}
    >
      <Text>
        {recipients.length === 0 ? words.issueDialog.internal : words.issueDialog.text(recipients.length)}
      </Text>
      <Text weight="semibold">
        {document.code} · {document.subject}
      </Text>
      <Text>{recipients.map(({ name }) => name).join('; ')}</Text>
    </ActDialog>
  );
}
/** The head's word that a document is sent although a certificate in it is in doubt. */
export function AllowSendingDialog({ document, onClose }: ActProps) {
  const words = useTexts(texts);
  const language = useLanguage();
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={words.allowDialog.title}
      action={words.actions['allow-sending']}
      careful
      ready={reason.trim().length >= shortestReason}
      act={async () => {
        await call('outgoing.allow-sending', { id: document.id, reason: reason.normalize('NFC') });
      }}
      onClose={onClose}
    >
      {document.alarm && <Text>{failureSentence(document.alarm, language)}</Text>}
      <Text>{words.allowDialog.warning(document.code || document.subject)}</Text>
      <Field label={words.allowDialog.reason} required>
        <Textarea
          value={reason}
          maxLength={longestReason}
          rows={3}
          onChange={(_, { value }) => setReason(value)}
        />
      </Field>
    </ActDialog>
  );
}
