import { MailInboxRegular } from '@fluentui/react-icons/svg/mail-inbox';
import { EmptyState } from '../components/empty-state.tsx';
import { SplitView } from '../components/split-view.tsx';
import { useRoute } from '../navigation/route.ts';
import { useTexts } from '../texts/language.ts';
import { IncomingDetail } from './detail.tsx';
import { IncomingList } from './list.tsx';
import { texts } from './texts.ts';

/** Văn bản đến: what came in, and the one that is open. */
export function IncomingScreen() {
  const words = useTexts(texts);
  const { id } = useRoute();
  return (
    <SplitView
      listLabel={words.title}
      detailLabel={words.document}
      list={<IncomingList />}
      detail={
        id ? (
          <IncomingDetail key={id} id={id} />
        ) : (
          <EmptyState icon={<MailInboxRegular />}>{words.choose}</EmptyState>
        )
      }
    />
  );
}
