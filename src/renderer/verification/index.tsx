import { useState } from 'react';
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DocumentPdfRegular } from '@fluentui/react-icons/svg/document-pdf';
import { FolderZipRegular } from '@fluentui/react-icons/svg/folder-zip';
import type { Finding, Verification } from '../../shared/domain/verification.ts';
import { findingSentence } from '../../shared/sentences/verification.ts';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { Lights } from './lights.tsx';
import { NotVerified } from './not-verified.tsx';
import { saveFile } from '../components/save-file.ts';
import { TaskProgress } from '../components/task-progress.tsx';
import { VerdictBadge } from '../components/verdict-badge.tsx';
import { useAct, useCall } from '../desk/use-call.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { Changes } from './changes.tsx';
import { KeptEvidence } from './evidence.tsx';
import { SignatureCard } from './signature-report.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    paddingBottom: tokens.spacingVerticalL,
    overflowWrap: 'anywhere',
  },
  result: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  verdict: {
    display: 'flex',
    '& > span': {
      fontSize: tokens.fontSizeBase500,
      lineHeight: tokens.lineHeightBase500,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  lights: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
  },
  kept: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  saving: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    paddingBottom: tokens.spacingVerticalL,
  },
  report: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
  },
});

/** What checking a stored file found: lights first, then what changed after signing, then each signature. */
export function VerificationPanel({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const { data, ...asked } = useCall('verification.of', { sha256 }, ['verification', 'settings']);
  if (!data) return <NotVerified sha256={sha256} {...asked} />;
  return (
    <>
      <VerificationView verification={data} />
      {data.signatures.length > 0 && (
        <div className={styles.kept}>
          <KeptEvidence sha256={sha256} signatures={data.signatures} />
          <div className={styles.saving}>
            <ReportButton sha256={sha256} />
            <EvidenceButton sha256={sha256} />
          </div>
        </div>
      )}
    </>
  );
}

/** The report for printing and keeping (TT 15/2025/TT-BKHCN, Điều 6). */
function ReportButton({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [taskId, setTaskId] = useState('');
  const report = useAct(async () => {
    const id = crypto.randomUUID();
    setTaskId(id);
    saveFile(await call('verification.report', { sha256, taskId: id }));
  });
  return (
    <div className={styles.report}>
      <Button icon={<DocumentPdfRegular />} disabledFocusable={report.busy} onClick={() => report.run()}>
        {words.report}
      </Button>
      {report.busy && <TaskProgress taskId={taskId} label={() => words.reporting} shown={report.slow} />}
      {report.failure && <ErrorMessage failure={report.failure} onDismiss={report.clear} />}
    </div>
  );
}

/** All that proves the signatures, to hand on (TT 15/2025/TT-BKHCN, Điều 5.7). */
function EvidenceButton({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { busy, failure, run, clear } = useAct(async () =>
    saveFile(await call('verification.export-evidence', { sha256 })),
  );
  return (
    <div className={styles.report}>
      <Button icon={<FolderZipRegular />} disabledFocusable={busy} onClick={() => run()}>
        {words.export}
      </Button>
      {failure && <ErrorMessage failure={failure} onDismiss={clear} />}
    </div>
  );
}

export function VerificationView({ verification }: { readonly verification: Verification }) {
  const styles = useStyles();
  const { signatures, reasons } = verification;
  const isSigned = signatures.length > 0;
  const said = new Set(signatures.flatMap(({ findings }) => findings.map(key)));
  return (
    <div className={styles.panel}>
      <div className={styles.result}>
        <div className={styles.verdict}>
          <VerdictBadge {...verification} />
        </div>
        {isSigned && (
          <div className={styles.lights}>
            <Lights verification={verification} />
          </div>
        )}
        <Reasons reasons={reasons.filter((reason) => !said.has(key(reason)))} />
      </div>
      {isSigned && <Changes verification={verification} />}
      {signatures.map((report) => (
        <SignatureCard key={report.field} report={report} />
      ))}
    </div>
  );
}

const key = ({ code, params }: Finding) => `${code} ${JSON.stringify(params)}`;

function Reasons({ reasons }: { readonly reasons: readonly Finding[] }) {
  const language = useLanguage();
  return reasons.map((reason) => <Text key={key(reason)}>{findingSentence(reason, language)}</Text>);
}
