import { Text } from '@fluentui/react-components';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import { call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { failureSentence } from '../components/error-message.tsx';
import { ReasonDialog } from '../components/reason-dialog.tsx';
import { useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

interface ActProps {
  readonly document: OutgoingDetail;
  readonly onClose: () => void;
}

/** Back to the drafter with what has to be corrected. */
export function ReturnDialog({ document: { id }, onClose }: ActProps) {
  const words = useTexts(texts);
  return (
    <ReasonDialog
      title={words.returnDialog.title}
      action={words.actions.return}
      label={words.returnDialog.reason}
      hint={words.returnDialog.hint}
      act={(reason) => call('outgoing.return', { id, reason })}
      onClose={onClose}
    />
  );
}

export function CancelDialog({ document: { id, code, subject }, onClose }: ActProps) {
  const words = useTexts(texts);
  return (
    <ReasonDialog
      title={words.cancelDialog.title}
      action={words.actions.cancel}
      label={words.cancelDialog.reason}
      careful
      act={(reason) => call('outgoing.cancel', { id, reason })}
      onClose={onClose}
    >
      <Text>{words.cancelDialog.warning(code || subject)}</Text>
    </ReasonDialog>
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
export function AllowSendingDialog({ document: { id, code, subject, alarm }, onClose }: ActProps) {
  const words = useTexts(texts);
  const language = useLanguage();
  return (
    <ReasonDialog
      title={words.allowDialog.title}
      action={words.actions['allow-sending']}
      label={words.allowDialog.reason}
      careful
      act={(reason) => call('outgoing.allow-sending', { id, reason })}
      onClose={onClose}
    >
      {alarm && <Text>{failureSentence(alarm, language)}</Text>}
      <Text>{words.allowDialog.warning(code || subject)}</Text>
    </ReasonDialog>
  );
}
