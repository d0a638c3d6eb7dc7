import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { call } from '../desk/bridge.ts';
import { useAct, useProgress } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  progress: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, width: '100%' },
  // The bar takes all it can get; the words are read whole.
  label: { flexShrink: 0 },
});

/**
 * How far long work is, and the button that stops it.
 * @param shown false while it may still be over soon: what was told by then is kept
 */
export function TaskProgress({
  taskId,
  label,
  shown = true,
}: {
  readonly taskId: string;
  readonly label: (done: string, total: string) => string;
  readonly shown?: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const progress = useProgress(taskId);
  const stop = useAct(async () => {
    await call('task.cancel', { taskId });
  });
  if (!shown || !progress) return null;
  const { done, total } = progress;
  const text = label(showNumber(done, language), showNumber(total, language));
  return (
    <div className={styles.progress}>
      <Text wrap={false} className={styles.label}>
        {text}
      </Text>
      <ProgressBar value={done} max={Math.max(1, total)} aria-label={text} />
      <Button size="small" disabledFocusable={stop.busy} onClick={() => stop.run()}>
        {words.cancel}
      </Button>
    </div>
  );
}
