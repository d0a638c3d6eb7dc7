import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Subtitle2,
  tokens,
} from '@fluentui/react-components';
import type { KeptAnswer, SignatureEvidence } from '../../shared/domain/evidence.ts';
import { showTime } from '../../shared/text/dates.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useCall } from '../shell/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  card: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    paddingBottom: tokens.spacingVerticalM,
  },
  heading: { margin: `0 0 ${tokens.spacingVerticalS}` },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, userSelect: 'all' },
});

/** What is kept to prove each signature (TT 15/2025/TT-BKHCN, Điều 5.7), behind one click. */
export function KeptEvidence({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const words = useTexts(texts).evidence;
  return (
    <Accordion className={styles.card} collapsible>
      <AccordionItem value="evidence">
        <AccordionHeader size="small" as="h3">
          {words.title}
        </AccordionHeader>
        <AccordionPanel>
          <EvidenceList sha256={sha256} />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}

function EvidenceList({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const words = useTexts(texts).evidence;
  const { data, failure, slow, reload } = useCall('verification.evidence', { sha256 }, ['verification']);
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  const file: Fact[] = [
    [words.checkedAt, showTime(data.checkedAt)],
    [words.software, data.software],
    [words.file, <Hash key="file" of={data.sha256} />],
  ];
  return (
    <div className={styles.list}>
      <Facts facts={file} />
      {data.signatures.map((one) => (
        <Signature key={one.field} evidence={one} />
      ))}
    </div>
  );
}

function Hash({ of }: { readonly of: string | null }) {
  const styles = useStyles();
  return of ? <span className={styles.mono}>{of}</span> : null;
}

const hash = (name: string, of: string | null | undefined): Fact => [
  name,
  of ? <Hash key={name} of={of} /> : '',
];

function Signature({ evidence }: { readonly evidence: SignatureEvidence }) {
  const styles = useStyles();
  const words = useTexts(texts).evidence;
  const { field, checkCode, flags, answers, made } = evidence;
  const facts: Fact[] = [
    [words.checkCode, checkCode === null ? '' : String(checkCode)],
    [words.flags, flags.join(', ')],
    [words.answers, answers.length === 0 ? '' : <Answers key="answers" answers={answers} />],
    [words.madeAt, made ? words.made(showTime(made.at), made.offline) : ''],
    [words.token, made ? [made.tokenLabel, made.tokenSerial].filter(Boolean).join(', ') : ''],
    hash(words.module, made?.module),
    hash(words.before, made?.before),
    hash(words.after, made?.after),
    hash(words.timestamp, made?.timestamp),
    [words.shown, made?.shown ? words.place(made.shown.page, made.shown.x, made.shown.y) : ''],
  ];
  return (
    <section>
      <Subtitle2 as="h4" block className={styles.heading}>
        {field}
      </Subtitle2>
      <Facts facts={facts} />
    </section>
  );
}

/** What services said, whom they spoke of, and where the answer is kept. */
function Answers({ answers }: { readonly answers: readonly KeptAnswer[] }) {
  const words = useTexts(texts).evidence;
  return answers.map((answer) => (
    <div key={`${answer.sha256} ${answer.certificate}`}>
      {words.answer(
        answer.certificate,
        answer.type,
        answer.result === 'good',
        showTime(answer.thisUpdate),
        answer.nextUpdate === null ? '' : showTime(answer.nextUpdate),
        showTime(answer.fetchedAt),
      )}{' '}
      <Hash of={answer.sha256} />
    </div>
  ));
}
