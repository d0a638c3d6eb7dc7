import { useState } from 'react';
import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { kindName } from '../../shared/domain/kind-name.ts';
import type { OutgoingDetail as Detail } from '../../shared/ipc/outgoing.ts';
import { call } from '../desk/bridge.ts';
import { copyAction } from '../document/copy-action.ts';
import { DocumentOverline } from '../document/overline.tsx';
import { DocumentScreen } from '../document/screen.tsx';
import { ActFailure } from '../components/act-failure.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { type HeaderAction, nextThing } from '../components/page-header.tsx';
import { Loaded } from '../components/loaded.tsx';
import { useKey } from '../navigation/keys.ts';
import { go, replace, useRoute } from '../navigation/route.ts';
import { useAct, useCall } from '../desk/use-call.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { AllowSendingDialog, CancelDialog, IssueDialog, ReturnDialog } from './act-dialogs.tsx';
import { ChecksTab } from './checks-tab.tsx';
import { DeliveriesTab } from './deliveries-tab.tsx';
import { DetailsTab } from './details-tab.tsx';
import { PendingLine } from './pending.tsx';
import { texts } from './texts.ts';

type Action = Detail['actions'][number];
type Asking = 'return' | 'cancel' | 'issue' | 'allow-sending' | null;

/** Acts without a question: what they do is undone by the next one, or shown at once. */
const direct = {
  submit: 'outgoing.submit',
  'approve-format': 'outgoing.approve-format',
  number: 'outgoing.number',
} as const;
const isDirect = (action: Action): action is keyof typeof direct => action in direct;

export function OutgoingDetail({ id }: { readonly id: string }) {
  const asked = useCall('outgoing.get', { id }, ['outgoing', 'exchange', 'verification', 'session']);
  const { query } = useRoute();
  useKey('back', () => replace('outgoing', null, query));
  return <Loaded asked={asked}>{(data) => <Opened document={data} />}</Loaded>;
}

function Opened({ document }: { readonly document: Detail }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const { query } = useRoute();
  const [asking, setAsking] = useState<Asking>(null);
  const doing = useAct(async (action: keyof typeof direct) => {
    await call(direct[action], { id: document.id });
  });

  const choose = (action: Action) => {
    if (isDirect(action)) doing.run(action);
    else if (action === 'edit') go('outgoing', document.id, { ...query, edit: '1' });
    else if (action === 'sign' || action === 'seal') go('signing', document.id);
    else setAsking(action);
  };
  const actions = document.actions.map((key): HeaderAction => ({
    key,
    label: words.actions[key],
    busy: doing.busy && isDirect(key),
    onClick: () => choose(key),
  }));

  return (
    <>
      <DocumentScreen
        document={document}
        header={{
          overline: (
            <DocumentOverline
              document={document}
              noCode={words.noNumber}
              about={kindName(document.kindId, language)}
              state={words.states[document.state]}
            />
          ),
          ...nextThing(actions, ['return', 'cancel', 'allow-sending']),
          rare: copyAction('outgoing', document, words.copy),
        }}
        notes={
          <>
            {doing.failure && (
              <ActFailure failure={doing.failure} again={() => doing.run('number')} onDismiss={doing.clear} />
            )}
            {document.alarm && <ErrorMessage failure={document.alarm} />}
            <PendingLine pending={document.pending} />
            {document.returnedReason !== null && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{words.returned(document.returnedReason)}</MessageBarBody>
              </MessageBar>
            )}
          </>
        }
        tabs={words.tabs}
        first={document.actions.includes('approve-format') ? 'checks' : 'document'}
        panels={{
          checks: <ChecksTab checks={document.checks} />,
          details: <DetailsTab document={document} />,
          deliveries: <DeliveriesTab document={document} />,
        }}
      />
      {asking === 'return' && <ReturnDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'cancel' && <CancelDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'allow-sending' && (
        <AllowSendingDialog document={document} onClose={() => setAsking(null)} />
      )}
      {asking === 'issue' && <IssueDialog document={document} onClose={() => setAsking(null)} />}
    </>
  );
}
