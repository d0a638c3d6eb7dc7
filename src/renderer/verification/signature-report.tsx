import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Link,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { grantOf } from '../../shared/domain/permissions.ts';
import type { Aspect, SignatureReport, SignerSummary } from '../../shared/domain/verification.ts';
import { localDay, showDay, showTime } from '../../shared/text/dates.ts';
import { findingSentence, trustClassTexts } from '../../shared/sentences/verification.ts';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { aspects } from './lights.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { useAct } from '../desk/use-call.ts';
import { useCurrentPerson } from '../desk/use-session.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  card: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS}`,
  },
  heading: { margin: 0 },
  when: { color: tokens.colorNeutralForeground2 },
  aspect: {
    display: 'grid',
    gridTemplateColumns: '160px minmax(0, 1fr)',
    alignItems: 'start',
    columnGap: tokens.spacingHorizontalM,
    paddingTop: tokens.spacingVerticalS,
  },
  sentence: { display: 'block' },
  code: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase100,
    userSelect: 'all',
  },
  // In line with the text above it.
  details: { margin: `${tokens.spacingVerticalXS} -${tokens.spacingHorizontalM} 0` },
  facts: { paddingBottom: tokens.spacingVerticalM },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, userSelect: 'all' },
});

/** One signature or document timestamp: its three lights, each with its sentences; all else behind one click. */
export function SignatureCard({ report }: { readonly report: SignatureReport }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const title = titleOf(report, words);
  return (
    <article className={styles.card} aria-label={title}>
      <Subtitle2 as="h3" className={styles.heading}>
        {title}
      </Subtitle2>
      <Text className={styles.when} size={200} block>
        {whenOf(report, words)}
      </Text>
      {aspects.map((aspect) => (
        <AspectRow key={aspect} aspect={aspect} report={report} />
      ))}
      <Accordion className={styles.details} collapsible>
        <AccordionItem value="details">
          <AccordionHeader size="small" as="h4">
            {words.details}
          </AccordionHeader>
          <AccordionPanel className={styles.facts}>
            <Details report={report} />
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </article>
  );
}

/** Whose signature it is, in the words of the headings. */
export function titleOf({ kind, signer }: SignatureReport, words: typeof texts.vi): string {
  if (kind === 'timestamp') return words.timestamp;
  if (!signer) return words.unknownSigner;
  return signer.kind === 'agency' ? words.sealOf(signer.name) : words.signatureOf(signer.name);
}

function whenOf({ timestampAt, claimedAt }: SignatureReport, words: typeof texts.vi): string {
  if (timestampAt !== null) return words.stampedAt(showTime(timestampAt));
  return claimedAt === null ? words.noTime : words.claimedAt(showTime(claimedAt));
}

function AspectRow({ aspect, report }: { readonly aspect: Aspect; readonly report: SignatureReport }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const light = report.lights[aspect];
  return (
    <div className={styles.aspect}>
      <LightMark
        light={light}
      >{`${words.aspects[aspect]}: ${words.lights[light].toLocaleLowerCase()}`}</LightMark>
      <span>
        {report.findings
          .filter((finding) => finding.aspect === aspect)
          .map((finding) => (
            <span key={finding.code} className={styles.sentence}>
              {findingSentence(finding, language)}{' '}
              {light !== 'good' && <code className={styles.code}>{finding.code}</code>}
            </span>
          ))}
      </span>
    </div>
  );
}

/** What is copied rather than read: one click takes it whole. */
export function Mono({ children }: { readonly children: string }) {
  const styles = useStyles();
  return <span className={styles.mono}>{children}</span>;
}

const time = (at: number | null) => at !== null && showTime(at);
const day = (at: number) => showDay(localDay(at));

function Details({ report }: { readonly report: SignatureReport }) {
  const words = useTexts(texts);
  const language = useLanguage();
  const { signer, coverage, algorithm } = report;
  const signature: Fact[] = [
    [words.facts.claimed, time(report.claimedAt)],
    [words.facts.stamped, time(report.timestampAt)],
    [words.facts.coverage, coverageText(coverage, words)],
    [words.facts.algorithm, words.bits(algorithm.signature, algorithm.digest, algorithm.keyBits)],
    [words.facts.field, <Mono key="field">{report.field}</Mono>],
  ];
  const certificate: Fact[] = signer
    ? [
        [words.facts.organisation, signer.organisation],
        [words.facts.units, signer.units.join(', ')],
        [words.facts.province, signer.province],
        [words.facts.email, signer.email],
        [words.kind, <KindOf key="kind" signer={signer} />],
        [words.facts.trust, trustClassTexts[signer.trustClass][language]],
        [words.facts.issuer, signer.certificate.issuer],
        [
          words.facts.validity,
          words.period(day(signer.certificate.notBefore), day(signer.certificate.notAfter)),
        ],
        [words.facts.chain, signer.chain.map(({ subject }) => subject).join('\n')],
        [words.facts.serial, <Mono key="serial">{signer.certificate.serial}</Mono>],
        [words.facts.fingerprint, <Mono key="fingerprint">{signer.certificate.fingerprint}</Mono>],
      ]
    : [];
  return <Facts facts={[...certificate, ...signature].filter(([, value]) => value !== false)} />;
}

/** Whose certificate it is, and the word of somebody who knows better. */
function KindOf({ signer: { kind, certificate } }: { readonly signer: SignerSummary }) {
  const words = useTexts(texts);
  const person = useCurrentPerson();
  const other = kind === 'agency' ? 'personal' : 'agency';
  const turn = useAct(async () => {
    await call('settings.save-signer-kind', { fingerprint: certificate.fingerprint, kind: other });
  });
  return (
    <>
      {words.kinds[kind]}
      {person && grantOf(person.role, 'settings.change') && (
        <>
          {' · '}
          <Link as="button" inline disabled={turn.busy} onClick={() => turn.run()}>
            {words.turn[kind]}
          </Link>
        </>
      )}
      {turn.failure && <ErrorMessage failure={turn.failure} onDismiss={turn.clear} />}
    </>
  );
}

function coverageText(coverage: SignatureReport['coverage'], words: typeof texts.vi): string {
  if (coverage.wholeFile) return words.wholeFile;
  if (coverage.revision === null) return words.noRevision;
  return words.upTo(coverage.revision, coverage.revisions);
}
