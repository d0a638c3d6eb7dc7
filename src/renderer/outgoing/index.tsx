import { Button } from '@fluentui/react-components';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { EmptyState } from '../components/empty-state.tsx';
import { SplitView } from '../components/split-view.tsx';
import { go, useRoute } from '../navigation/route.ts';
import { useTexts } from '../texts/language.ts';
import { OutgoingDetail } from './detail.tsx';
import { EditDraft, NewDraft } from './draft.tsx';
import { OutgoingList } from './list.tsx';
import { texts } from './texts.ts';

/** Văn bản đi: what the office writes, and the one that is open or being drafted. */
export function OutgoingScreen() {
  const words = useTexts(texts);
  return (
    <SplitView
      listLabel={words.title}
      detailLabel={words.document}
      list={<OutgoingList />}
      detail={<Opened />}
    />
  );
}

function Opened() {
  const words = useTexts(texts);
  const { id, query } = useRoute();
  const replyTo = query['replyTo'] ?? null;
  if (id === 'new') return <NewDraft key={replyTo} replyTo={replyTo} />;
  if (id !== null && query['edit']) return <EditDraft key={`edit ${id}`} id={id} />;
  if (id !== null) return <OutgoingDetail key={id} id={id} />;
  return (
    <EmptyState
      icon={<SendRegular />}
      action={<Button onClick={() => go('outgoing', 'new')}>{words.create}</Button>}
    >
      {words.choose}
    </EmptyState>
  );
}
