import { useState } from 'react';
import { Button, Field, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { ModuleDiagnosis } from '../../shared/domain/token.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { call } from '../bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { useAct } from '../shell/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { Diagnosis } from './diagnosis.tsx';
import { PartHeading } from './section.tsx';
import { texts } from './texts.ts';

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
  hint: { color: tokens.colorNeutralForeground2 },
  add: { display: 'flex', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
  field: { flexGrow: 1 },
});

/** Drivers that may be loaded: found on the computer or named by path, each accepted by a person. */
export function Modules({
  modules,
  mayChange,
}: {
  readonly modules: Settings['modules'];
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts).tokens;
  const [removing, setRemoving] = useState<string>();
  const [diagnosis, setDiagnosis] = useState<ModuleDiagnosis>();
  const diagnose = useAct(async (path: string) => {
    setDiagnosis(undefined);
    setDiagnosis(await call('settings.diagnose-module', { path }));
  });
  const known = modules.map(({ path }) => path);
  return (
    <div className={styles.part}>
      <PartHeading>{words.modules}</PartHeading>
      <Text className={styles.hint}>{words.modulesHint}</Text>
      {modules.length === 0 && <Text>{words.noModules}</Text>}
      <ul className={styles.list}>
        {modules.map(({ path, sha256 }) => (
          <li key={path} className={styles.row}>
            <span className={styles.path}>
              {path}
              <code className={styles.hash}>{sha256}</code>
            </span>
            <DiagnoseButton path={path} busy={diagnose.busy} onDiagnose={diagnose.run} />
            <RemoveButton path={path} disabled={!mayChange} onRemove={setRemoving} />
          </li>
        ))}
      </ul>
      <AddModule known={known} mayChange={mayChange} diagnosing={diagnose.busy} onDiagnose={diagnose.run} />
      {diagnose.slow && <Spinner size="tiny" label={words.diagnose} />}
      {diagnose.failure && <ErrorMessage failure={diagnose.failure} onDismiss={diagnose.clear} />}
      {diagnosis && <Diagnosis diagnosis={diagnosis} />}
      {removing !== undefined && <RemoveDialog path={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  );
}

function DiagnoseButton({
  path,
  busy,
  onDiagnose,
}: {
  readonly path: string;
  readonly busy: boolean;
  readonly onDiagnose: (path: string) => void;
}) {
  const words = useTexts(texts).tokens;
  return (
    <Button
      size="small"
      aria-label={`${words.diagnose}: ${path}`}
      disabledFocusable={busy}
      onClick={() => onDiagnose(path)}
    >
      {words.diagnose}
    </Button>
  );
}

function RemoveButton({
  path,
  disabled,
  onRemove,
}: {
  readonly path: string;
  readonly disabled: boolean;
  readonly onRemove: (path: string) => void;
}) {
  const words = useTexts(texts);
  return (
    <Button
      size="small"
      aria-label={`${words.remove}: ${path}`}
      disabled={disabled}
      onClick={() => onRemove(path)}
    >
      {words.remove}
    </Button>
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

function AddModule({
  known,
  mayChange,
  diagnosing,
  onDiagnose,
}: {
  readonly known: readonly string[];
  readonly mayChange: boolean;
  readonly diagnosing: boolean;
  readonly onDiagnose: (path: string) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const [detected, setDetected] = useState<readonly string[]>();
  const detect = useAct(async () => {
    setDetected((await call('settings.detect-modules', {})).paths);
  });
  const add = useAct(async (path: string) => {
    await call('settings.add-module', { path });
    setTyped('');
  });
  const found = detected?.filter((path) => !known.includes(path));
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
      {detected && (
        <Text aria-live="polite">
          {detected.length === 0
            ? words.tokens.nothingDetected
            : words.tokens.detected(showNumber(detected.length, language))}
        </Text>
      )}
      <ul className={styles.list}>
        {found?.map((path) => (
          <li key={path} className={styles.row}>
            <span className={styles.path}>{path}</span>
            <DiagnoseButton path={path} busy={diagnosing} onDiagnose={onDiagnose} />
            <Button
              size="small"
              aria-label={`${words.add}: ${path}`}
              disabled={!mayChange || add.busy}
              onClick={() => add.run(path)}
            >
              {words.add}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
