import { useState } from 'react';
import { Button, Field, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { DetectedModule, DetectedModules, ModuleDiagnosis } from '../../shared/domain/token.ts';
import type { Result } from '../../shared/ipc/index.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { ErrorMessage, failureSentence } from '../components/error-message.tsx';
import { LightMark } from '../components/verdict-badge.tsx';
import { useAct } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { Diagnosis } from './diagnosis.tsx';
import { PartHeading } from './section.tsx';
import { texts } from './texts.ts';

export type TokenProblems = Result<'signing.tokens'>['problems'];

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  path: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  hash: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    userSelect: 'all',
  },
  module: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    '& > .fui-Button': { flex: 'none' },
  },
  hint: { color: tokens.colorNeutralForeground2 },
  note: { display: 'block', color: tokens.colorNeutralForeground2 },
  add: { display: 'flex', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
  field: { flexGrow: 1 },
});

/** Drivers that may be loaded: found on the computer or named by path, each accepted by a person. */
export function Modules({
  modules,
  problems,
  mayChange,
}: {
  readonly modules: Settings['modules'];
  readonly problems: TokenProblems;
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts).tokens;
  return (
    <div className={styles.part}>
      <PartHeading>{words.modules}</PartHeading>
      <Text className={styles.hint}>{words.modulesHint}</Text>
      {modules.length === 0 && <Text>{words.noModules}</Text>}
      <ul className={styles.list}>
        {modules.map((module) => (
          <ModuleRow
            key={module.path}
            module={module}
            problem={problems.find(({ path }) => path === module.path)}
            mayChange={mayChange}
          />
        ))}
      </ul>
      <AddModule known={modules.map(({ path }) => path)} mayChange={mayChange} />
    </div>
  );
}

/** One accepted driver: what is wrong with it, and what a diagnosis finds. */
function ModuleRow({
  module: { path, sha256 },
  problem,
  mayChange,
}: {
  readonly module: Settings['modules'][number];
  readonly problem: TokenProblems[number] | undefined;
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [removing, setRemoving] = useState(false);
  const [accepting, setAccepting] = useState(false);
  const [diagnosis, setDiagnosis] = useState<ModuleDiagnosis>();
  // What a diagnosis found holds only for that file, in that state; one under way finds what is so now.
  const state = [sha256, problem?.code].join(' ');
  const [lastState, setLastState] = useState(state);
  if (lastState !== state) {
    setLastState(state);
    setDiagnosis(undefined);
  }
  const diagnose = useAct(async () => {
    setDiagnosis(undefined);
    setDiagnosis(await call('settings.diagnose-module', { path }));
  });
  const isDiagnosed = diagnosis?.steps.some(({ code }) => code === problem?.code) === true;
  const isChanged = problem?.code === 'token.module-changed';
  return (
    <li className={styles.module}>
      <div className={styles.line}>
        <span className={styles.path}>
          {path}
          <code className={styles.hash}>{sha256}</code>
        </span>
        <Button
          size="small"
          aria-label={`${words.tokens.diagnose}: ${path}`}
          disabledFocusable={diagnose.busy}
          onClick={() => diagnose.run()}
        >
          {words.tokens.diagnose}
        </Button>
        <Button
          size="small"
          aria-label={`${words.remove}: ${path}`}
          disabled={!mayChange}
          onClick={() => setRemoving(true)}
        >
          {words.remove}
        </Button>
      </div>
      {problem && !isDiagnosed && <ErrorMessage failure={problem} />}
      {diagnose.slow && <Spinner size="tiny" labelPosition="after" label={words.tokens.diagnosing} />}
      {diagnose.failure && <ErrorMessage failure={diagnose.failure} onDismiss={diagnose.clear} />}
      {diagnosis && <Diagnosis diagnosis={diagnosis} />}
      {isChanged && (
        <div>
          <Button size="small" disabled={!mayChange} onClick={() => setAccepting(true)}>
            {words.tokens.acceptAgain}
          </Button>
        </div>
      )}
      {removing && <RemoveDialog path={path} onClose={() => setRemoving(false)} />}
      {accepting && <AcceptDialog path={path} onClose={() => setAccepting(false)} />}
    </li>
  );
}

/** The file is another than the one accepted: nobody but a person can say that it is the vendor's. */
function AcceptDialog({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const words = useTexts(texts).tokens;
  return (
    <ActDialog
      careful
      title={words.acceptAgain}
      action={words.acceptAgain}
      act={async () => {
        await call('settings.add-module', { path });
      }}
      onClose={onClose}
    >
      <Text>{words.acceptModule(path)}</Text>
    </ActDialog>
  );
}

function RemoveDialog({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const words = useTexts(texts);
  return (
    <ActDialog
      careful
      title={words.remove}
      action={words.remove}
      act={async () => {
        await call('settings.remove-module', { path });
      }}
      onClose={onClose}
    >
      <Text>{words.tokens.removeModule(path)}</Text>
    </ActDialog>
  );
}

function AddModule({ known, mayChange }: { readonly known: readonly string[]; readonly mayChange: boolean }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const [detected, setDetected] = useState<DetectedModules>();
  const detect = useAct(async () => {
    setDetected(await call('settings.detect-modules', {}));
  });
  const add = useAct(async (path: string) => {
    await call('settings.add-module', { path });
    setTyped('');
  });
  const found = detected?.modules.filter(({ path }) => !known.includes(path));
  return (
    <>
      <div className={styles.add}>
        <Field className={styles.field} label={words.tokens.path}>
          <Input value={typed} disabled={!mayChange} onChange={(_, { value }) => setTyped(value)} />
        </Field>
        <Button disabled={!mayChange || typed.trim() === ''} onClick={() => add.run(typed.trim())}>
          {words.add}
        </Button>
        <Button
          disabledFocusable={detect.busy}
          icon={detect.slow ? <Spinner size="tiny" /> : null}
          onClick={() => detect.run()}
        >
          {words.tokens.detect}
        </Button>
      </div>
      {add.failure && <ErrorMessage failure={add.failure} onDismiss={add.clear} />}
      {detect.failure && <ErrorMessage failure={detect.failure} onDismiss={detect.clear} />}
      {detected?.problem && <ErrorMessage failure={detected.problem} />}
      {detected && (
        <Text aria-live="polite">
          {detected.modules.length === 0
            ? words.tokens.nothingDetected
            : words.tokens.detected(showNumber(detected.modules.length, language))}
        </Text>
      )}
      <ul className={styles.list}>
        {found?.map((module) => (
          <li key={module.path} className={styles.row}>
            <FoundModule module={module} />
            {!module.problem && (
              <Button
                size="small"
                aria-label={`${words.add}: ${module.path}`}
                disabled={!mayChange || add.busy}
                onClick={() => add.run(module.path)}
              >
                {words.add}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A driver of this computer: whose it is, as far as is known, and why it cannot be loaded. */
function FoundModule({ module: { path, family, holders, problem } }: { readonly module: DetectedModule }) {
  const styles = useStyles();
  const words = useTexts(texts).tokens;
  const language = useLanguage();
  const notes = [family, holders.length > 0 && words.holders(holders.join(', '))].filter(Boolean);
  return (
    <span className={styles.path}>
      {path}
      {notes.length > 0 && <span className={styles.note}>{notes.join(' · ')}</span>}
      {problem && <LightMark light="bad">{failureSentence(problem, language)}</LightMark>}
    </span>
  );
}
