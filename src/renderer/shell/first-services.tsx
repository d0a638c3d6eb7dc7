import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { call } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';
import { useAct } from '../desk/use-call.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  quiet: { color: tokens.colorNeutralForeground2 },
  answer: { whiteSpace: 'nowrap' },
});

/**
 * Whether signatures may be asked about over the network: an office decides it once, before anybody is asked. Closing
 * it decides nothing; until somebody does, nothing is asked.
 */
export function FirstServices({ onLater }: { readonly onLater: () => void }) {
  const styles = useStyles();
  const words = useTexts(texts).firstServices;
  const decide = useAct(async (wanted: boolean) => {
    await call('settings.save-services', { tsaUrl: '', timestamps: wanted, revocation: wanted });
  });
  return (
    <Dialog
      open
      modalType="modal"
      onOpenChange={(_, { open, type }) => {
        if (!open && type !== 'backdropClick' && !decide.busy) onLater();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.title}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{words.why}</Text>
            <ul className={styles.list}>
              {words.sent.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <Text>{words.without}</Text>
            <Text className={styles.quiet}>{words.later}</Text>
            {decide.failure && <ErrorMessage failure={decide.failure} />}
          </DialogContent>
          <DialogActions>
            <Button
              className={styles.answer}
              appearance="primary"
              disabledFocusable={decide.busy}
              onClick={() => decide.run(true)}
            >
              {words.yes}
            </Button>
            <Button
              className={styles.answer}
              disabledFocusable={decide.busy}
              onClick={() => decide.run(false)}
            >
              {words.no}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
