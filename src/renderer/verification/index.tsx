import { Button, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components';
import { DocumentPdfRegular } from '@fluentui/react-icons/svg/document-pdf';
import type { Finding, Verification } from '../../shared/domain/verification.ts';
import { changeSentence, findingSentence } from '../../shared/text/verification.ts';
import { call } from '../bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { saveFile } from '../components/save-file.ts';
import { LightMark, VerdictBadge } from '../components/verdict-badge.tsx';
import { Waiting } from '../components/waiting.tsx';
import { useAct, useCall } from '../shell/use-call.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { SignatureDetails, SignatureLights } from './signature-report.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    overflowY: 'auto',
    overflowWrap: 'anywhere',
  },
  verdict: { '& > span': { fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold } },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  report: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL}`,
  },
  change: { marginBottom: tokens.spacingVerticalXS },
});

/** What checking a stored file found: lights first, then what changed after signing, then the details. */
export function VerificationPanel({ sha256 }: { readonly sha256: string }) {
  const words = useTexts(texts);
  const { data, failure, slow, reload } = useCall('verification.of', { sha256 }, [
    'verification',
    'settings',
  ]);
  if (failure && !data) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting label={words.checking} /> : null;
  return (
    <>
      <VerificationView verification={data} />
      {data.signatures.length > 0 && <ReportButton sha256={sha256} />}
    </>
  );
}

/** The report for printing and keeping (TT 15/2025/TT-BKHCN, Điều 6). */
function ReportButton({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const report = useAct(async () => saveFile(await call('verification.report', { sha256 })));
  return (
    <div className={styles.report}>
      <Button
        icon={report.slow ? <Spinner size="tiny" /> : <DocumentPdfRegular />}
        disabledFocusable={report.busy}
        onClick={() => report.run()}
      >
        {words.report}
      </Button>
      {report.failure && <ErrorMessage failure={report.failure} onDismiss={report.clear} />}
    </div>
  );
}

export function VerificationView({ verification }: { readonly verification: Verification }) {
  const styles = useStyles();
  const { signatures, reasons } = verification;
  const said = new Set(signatures.flatMap(({ findings }) => findings.map(key)));
  return (
    <div className={styles.panel}>
      <div className={styles.verdict}>
        <VerdictBadge verdict={verification.verdict} />
      </div>
      <Reasons reasons={reasons.filter((reason) => !said.has(key(reason)))} />
      {signatures.map((report) => (
        <SignatureLights key={report.field} report={report} />
      ))}
      {signatures.length > 0 && <Changes changes={verification.changes} />}
      {signatures.length > 0 && <SignatureDetails reports={signatures} />}
    </div>
  );
}

const key = ({ code, params }: Finding) => `${code} ${JSON.stringify(params)}`;

function Reasons({ reasons }: { readonly reasons: readonly Finding[] }) {
  const styles = useStyles();
  const language = useLanguage();
  if (reasons.length === 0) return null;
  return (
    <ul className={styles.list}>
      {reasons.map((reason) => (
        <li key={key(reason)}>{findingSentence(reason, language)}</li>
      ))}
    </ul>
  );
}

function Changes({ changes }: { readonly changes: Verification['changes'] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  return (
    <section>
      <Subtitle2 as="h3" block>
        {words.changes}
      </Subtitle2>
      {changes.length === 0 ? (
        <LightMark light="good">{words.noChanges}</LightMark>
      ) : (
        <ol className={styles.list}>
          {changes.map((change, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list never changes while it is shown
            <li key={index} className={styles.change}>
              {changeSentence(change, language)}{' '}
              <LightMark light={change.allowed ? 'good' : 'bad'}>
                {`${words.revision(change.revision)}, ${change.allowed ? words.allowed : words.forbidden}`}
              </LightMark>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
