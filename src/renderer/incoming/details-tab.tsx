import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { IncomingDetail } from '../../shared/ipc/incoming.ts';
import { showDay, showTime } from '../../shared/text/dates.ts';
import { fileUrl } from '../desk/bridge.ts';
import { failureSentence } from '../components/error-message.tsx';
import { fact, Facts } from '../components/facts.tsx';
import { texts as commonTexts } from '../components/texts.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  code: { color: tokens.colorNeutralForeground3 },
});

/** What the sender said about the document, and what the office added. */
export function DetailsTab({ document }: { readonly document: IncomingDetail }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { signer } = document;
  const names = words.facts;
  return (
    <Facts
      facts={[
        fact(
          names.sender,
          <>
            {document.sender.name} <span className={styles.code}>{document.sender.code}</span>
          </>,
        ),
        fact(names.code, document.code),
        fact(names.issuedDate, document.issuedDate && showDay(document.issuedDate)),
        fact(names.kind, document.kindName),
        fact(names.subject, document.subject),
        fact(names.content, document.content),
        fact(
          names.signer,
          [signer.competence, signer.position, signer.fullName].filter((part) => part !== '').join(' '),
        ),
        fact(names.urgency, common.urgency[document.urgency]),
        fact(names.arrivedAt, showTime(document.arrivedAt)),
        fact(
          names.arrival,
          document.arrivalNumber !== null &&
            document.arrivalDate !== null &&
            words.numberOn(document.arrivalNumber, showDay(document.arrivalDate)),
        ),
        fact(names.due, document.dueDate && showDay(document.dueDate)),
        fact(names.documentId, document.documentId),
        fact(
          names.warnings,
          document.warnings.length > 0 && (
            <ul className={styles.list}>
              {document.warnings.map((warning) => (
                <li key={`${warning.code} ${JSON.stringify(warning.params)}`}>
                  {failureSentence(warning, language)}
                </li>
              ))}
            </ul>
          ),
        ),
        fact(
          names.message,
          <Link href={fileUrl(document.message)} download={`${document.documentId || document.id}.edxml`}>
            {words.saveMessage}
          </Link>,
        ),
      ]}
    />
  );
}
