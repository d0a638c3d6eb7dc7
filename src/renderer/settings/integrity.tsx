import { useState } from 'react';
import { Button, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import type { Argument, Result } from '../../shared/ipc/index.ts';
import { showTime } from '../../shared/text/dates.ts';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { TaskProgress } from '../components/task-progress.tsx';
import { useAct } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { PartHeading, Section } from './section.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  hint: { color: tokens.colorNeutralForeground2 },
  files: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXL,
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
});

/** Whether journal and files are what they were when written, and whether the tables follow from the journal. */
export function IntegritySection() {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <Section title={words.sections.integrity} hint={words.integrity.hint}>
      <Check />
      <div className={styles.part}>
        <PartHeading>{words.integrity.rebuildTitle}</PartHeading>
        <Text className={styles.hint}>{words.integrity.rebuildHint}</Text>
      </div>
      <Rebuild />
    </Section>
  );
}

/** Long work under a task id of its own: started, followed, stopped. */
function useTask<N extends 'integrity.check' | 'integrity.rebuild'>(name: N) {
  const [taskId, setTaskId] = useState<string | null>(null);
  const [result, setResult] = useState<Result<N>>();
  const act = useAct(async () => {
    const id = crypto.randomUUID();
    setTaskId(id);
    setResult(undefined);
    setResult(await call(name, { taskId: id } as Argument<N>));
  });
  return { act, result, taskId };
}

function Check() {
  const styles = useStyles();
  const words = useTexts(texts).integrity;
  const { act, result, taskId } = useTask('integrity.check');
  return (
    <div className={styles.part}>
      <Button appearance="primary" disabledFocusable={act.busy} onClick={() => act.run()}>
        {words.check}
      </Button>
      {act.busy && taskId && <TaskProgress taskId={taskId} label={words.checking} />}
      {act.failure && <ErrorMessage failure={act.failure} />}
      {result && <Findings result={result} />}
    </div>
  );
}

function Findings({ result }: { readonly result: Result<'integrity.check'> }) {
  const styles = useStyles();
  const words = useTexts(texts).integrity;
  const language = useLanguage();
  const show = (value: number) => showNumber(value, language);
  const { brokenAt, purged, missing, damaged, journalEntries, files, checkedAt } = result;
  const whole = brokenAt === null && missing.length === 0 && damaged.length === 0;
  return (
    <>
      <MessageBar intent={whole ? 'success' : 'error'} layout="multiline" role="alert">
        <MessageBarBody>
          {whole && words.whole(show(journalEntries), show(files))}
          {purged.map(({ seq, by, at }) => (
            <Text block key={seq}>
              {words.purged(show(seq), by, showTime(at))}
            </Text>
          ))}
          {brokenAt !== null && <Text block>{words.broken(show(brokenAt))}</Text>}
          <FileList title={words.missing(show(missing.length))} files={missing} />
          <FileList title={words.damaged(show(damaged.length))} files={damaged} />
        </MessageBarBody>
      </MessageBar>
      <Text className={styles.hint} size={200}>
        {words.checkedAt(showTime(checkedAt))}
      </Text>
    </>
  );
}

function FileList({ title, files }: { readonly title: string; readonly files: readonly string[] }) {
  const styles = useStyles();
  if (files.length === 0) return null;
  return (
    <>
      <Text block>{title}</Text>
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
    </>
  );
}

function Rebuild() {
  const styles = useStyles();
  const words = useTexts(texts).integrity;
  const language = useLanguage();
  const { act, result, taskId } = useTask('integrity.rebuild');
  return (
    <div className={styles.part}>
      <Button disabledFocusable={act.busy} onClick={() => act.run()}>
        {words.rebuild}
      </Button>
      {act.busy && taskId && <TaskProgress taskId={taskId} label={words.rebuilding} />}
      {act.failure && <ErrorMessage failure={act.failure} />}
      {result && (
        <MessageBar intent={result.identical ? 'success' : 'warning'} layout="multiline" role="alert">
          <MessageBarBody>
            {words[result.identical ? 'identical' : 'different'](showNumber(result.entries, language))}
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
