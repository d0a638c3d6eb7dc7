import { Button, Text } from '@fluentui/react-components';
import type { TokenInfo } from '../../shared/domain/token.ts';
import { call } from '../desk/bridge.ts';
import { useTexts } from '../texts/language.ts';
import { LoginDialog } from './login-dialog.tsx';
import { texts } from './texts.ts';

/** Opens the dialog below. */
export function LearnButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  const words = useTexts(texts).learn;
  return (
    <Button size="small" aria-label={words.of(label)} onClick={onClick}>
      {words.action}
    </Button>
  );
}

/** For a token that shows no certificate before its PIN: the PIN once, and they are known from then on. */
export function LearnDialog({
  token,
  onFailed,
  onClose,
}: {
  readonly token: TokenInfo;
  readonly onFailed: () => void;
  readonly onClose: () => void;
}) {
  const { pin, learn: words } = useTexts(texts);
  return (
    <LoginDialog
      title={words.title}
      action={words.action}
      facts={[[pin.token, token.label]]}
      token={token}
      enter={async (entry) => {
        try {
          await call('signing.learn', entry);
        } catch (error) {
          onFailed();
          throw error;
        }
        onClose();
      }}
      onClose={onClose}
    >
      <Text>{words.why}</Text>
    </LoginDialog>
  );
}
