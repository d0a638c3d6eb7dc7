import { kindName } from '../../shared/domain/kind-name.ts';
import type { OutgoingDetail } from '../../shared/ipc/outgoing.ts';
import { showDay, showTime } from '../../shared/text/dates.ts';
import { DocumentLinks } from '../document/links.tsx';
import { fact, Facts } from '../components/facts.tsx';
import { texts as commonTexts } from '../components/texts.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { PendingList } from './pending.tsx';
import { texts } from './texts.ts';

export function DetailsTab({ document }: { readonly document: OutgoingDetail }) {
  const words = useTexts(texts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const names = words.facts;
  return (
    <Facts
      facts={[
        fact(names.kind, kindName(document.kindId, language)),
        fact(names.code, document.code),
        fact(names.issuedDate, document.issuedDate && showDay(document.issuedDate)),
        fact(names.subject, document.subject),
        fact(names.unit, document.unit),
        fact(names.urgency, common.urgency[document.urgency]),
        fact(names.due, document.dueDate && showDay(document.dueDate)),
        fact(names.drafter, document.drafter.name),
        fact(
          names.signer,
          [document.signer.title, document.signer.name].filter((part) => part !== '').join(' '),
        ),
        fact(names.documentId, document.documentId),
        fact(names.pending, document.pending.length > 0 && <PendingList pending={document.pending} />),
        fact(names.links, document.links.length > 0 && <DocumentLinks links={document.links} />),
        fact(names.updatedAt, showTime(document.updatedAt)),
      ]}
    />
  );
}
