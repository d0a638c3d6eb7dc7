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
import type { SignatureReport } from '../../shared/domain/verification.ts';
import { showTime } from '../../shared/text/dates.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useCall } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { Mono, titleOf } from './signature-report.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  card: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  // The names of all lists take one column.
  list: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(40%) minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalM,
    '& > dl': { gridColumn: '1 / -1', gridTemplateColumns: 'subgrid' },
  },
  heading: { gridColumn: '1 / -1', margin: `${tokens.spacingVerticalS} 0 0` },
});

/** What is kept to prove each signature (TT 15/2025/TT-BKHCN, Điều 5.7), behind one click. */
export function KeptEvidence({
  sha256,
  signatures,
}: {
  readonly sha256: string;
  readonly signatures: readonly SignatureReport[];
}) {
  const styles = useStyles();
  const words = useTexts(texts).evidence;
  return (
    <Accordion className={styles.card} collapsible>
      <AccordionItem value="evidence">
        <AccordionHeader size="small" as="h3">
          {words.title}
        </AccordionHeader>
        <AccordionPanel>
          <EvidenceList sha256={sha256} signatures={signatures} />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}

function EvidenceList({
  sha256,
  signatures,
}: {
  readonly sha256: string;
  readonly signatures: readonly SignatureReport[];
}) {
  const styles = useStyles();
  const all = useTexts(texts);
  const words = all.evidence;
  const { data, failure, slow, reload } = useCall('verification.evidence', { sha256 }, ['verification']);
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting /> : null;
  const file: Fact[] = [
    [words.checkedAt, showTime(data.checkedAt)],
    [words.software, data.software],
    [words.file, <Mono key="file">{data.sha256}</Mono>],
  ];
  return (
    <div className={styles.list}>
      <Facts facts={file} />
      {data.signatures.map((one) => {
        const report = signatures.find(({ field }) => field === one.field);
        return <Signature key={one.field} title={report ? titleOf(report, all) : one.field} evidence={one} />;
      })}
    </div>
  );
}

const hash = (name: string, of: string | null | undefined): Fact => [
  name,
  of ? <Mono key={name}>{of}</Mono> : '',
];

function Signature({ title, evidence }: { readonly title: string; readonly evidence: SignatureEvidence }) {
  const styles = useStyles();
  const { evidence: words, facts: names } = useTexts(texts);
  const { field, checkCode, flags, answers, made } = evidence;
  const facts: Fact[] = [
    [names.field, <Mono key="field">{field}</Mono>],
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
    <>
      <Subtitle2 as="h4" block className={styles.heading}>
        {title}
      </Subtitle2>
      <Facts facts={facts} />
    </>
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
      <Mono>{answer.sha256}</Mono>
    </div>
  ));
}
