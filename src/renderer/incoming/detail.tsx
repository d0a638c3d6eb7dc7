import { useState } from 'react';
import { Link, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { IncomingDetail as Detail } from '../../shared/ipc/incoming.ts';
import { call } from '../desk/bridge.ts';
import { copyAction } from '../document/copy-action.ts';
import { DocumentOverline } from '../document/overline.tsx';
import { DocumentScreen } from '../document/screen.tsx';
import { ActFailure } from '../components/act-failure.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { type HeaderAction, nextThing } from '../components/page-header.tsx';
import { Loaded } from '../components/loaded.tsx';
import { formatHash, go, replace, routeTo, useRoute } from '../navigation/route.ts';
import { useKey } from '../navigation/keys.ts';
import { useAct, useCall } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { CloseDialog, DirectDialog, RefuseDialog, RegisterDuplicateDialog } from './act-dialogs.tsx';
import { DetailsTab } from './details-tab.tsx';
import { HandlingTab } from './handling-tab.tsx';
import { texts } from './texts.ts';
import { useStamp } from './use-stamp.tsx';

type Action = Detail['actions'][number];
type Asking = 'register' | 'refuse' | 'direct' | 'close' | null;

export function IncomingDetail({ id }: { readonly id: string }) {
  const asked = useCall('incoming.get', { id }, ['incoming', 'verification', 'session']);
  const { query } = useRoute();
  useKey('back', () => replace('incoming', null, query));
  return <Loaded asked={asked}>{(data) => <Opened document={data} />}</Loaded>;
}

function Opened({ document }: { readonly document: Detail }) {
  const words = useTexts(texts);
  const [asking, setAsking] = useState<Asking>(null);
  const at = { id: document.id };
  const register = useAct(async () => {
    await call('incoming.register', at);
  });
  const start = useAct(async () => {
    await call('incoming.start', at);
  });

  const doAction: Readonly<Record<Action, () => void>> = {
    register: () => (document.duplicateOf ? setAsking('register') : register.run()),
    refuse: () => setAsking('refuse'),
    direct: () => setAsking('direct'),
    start: () => start.run(),
    close: () => setAsking('close'),
    reply: () => go('outgoing', 'new', { replyTo: document.id }),
  };
  const actions = document.actions.map((key): HeaderAction => ({
    key,
    label: words.actions[key],
    onClick: doAction[key],
    busy: (key === 'register' && register.busy) || (key === 'start' && start.busy),
  }));
  const next = nextThing(actions, ['refuse']);
  const fileActs = (['incoming', 'comment'] as const)
    .filter((kind) => document.fileActs.includes(kind))
    .map((kind): HeaderAction => ({
      key: kind,
      label: words.fileActs[kind],
      onClick: () => go('signing', document.id, { act: kind }),
    }));
  const stamp = useStamp(document);

  return (
    <>
      <DocumentScreen
        document={document}
        header={{
          overline: (
            <DocumentOverline
              document={document}
              about={document.sender.name}
              state={words.states[document.state]}
            >
              {document.arrivalNumber !== null && <Text>{words.arrivalNumber(document.arrivalNumber)}</Text>}
            </DocumentOverline>
          ),
          primary: next.primary,
          others: [...next.others, ...fileActs],
          rare: copyAction('incoming', document, words.copy),
        }}
        notes={
          <>
            {register.failure && <ActFailure failure={register.failure} again={register.run} />}
            {start.failure && <ErrorMessage failure={start.failure} />}
            <Notes document={document} />
          </>
        }
        tabs={words.tabs}
        preview={stamp}
        panels={{
          details: <DetailsTab document={document} />,
          handling: <HandlingTab document={document} />,
        }}
      />
      {asking === 'register' && (
        <RegisterDuplicateDialog document={document} onClose={() => setAsking(null)} />
      )}
      {asking === 'refuse' && <RefuseDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'direct' && <DirectDialog document={document} onClose={() => setAsking(null)} />}
      {asking === 'close' && <CloseDialog document={document} onClose={() => setAsking(null)} />}
    </>
  );
}

function Notes({ document }: { readonly document: Detail }) {
  const words = useTexts(texts);
  const { duplicateOf, warnings } = document;
  return (
    <>
      {duplicateOf && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {words.duplicate(String(duplicateOf.arrivalNumber ?? '–'))}{' '}
            <Link href={formatHash(routeTo('incoming', duplicateOf.id))}>{words.openDuplicate}</Link>
          </MessageBarBody>
        </MessageBar>
      )}
      {warnings.length > 0 && (
        <MessageBar intent="info">
          <MessageBarBody>{words.warned}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
