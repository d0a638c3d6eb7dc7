import { type ReactNode, useState } from 'react';
import { Button, Link, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { failureSentence } from '../components/error-message.tsx';
import { SideDrawer } from '../components/side-drawer.tsx';
import { useLanguage, useTexts } from '../texts/language.ts';
import { VerificationView } from '../verification/index.tsx';
import type { Signed } from './signing-act.ts';
import { texts } from './texts.ts';

/** The quiet line after a signature, with what checking it found. */
export function DoneLine({
  said,
  signed,
  onClose,
  children,
}: {
  /** That it is done, and when. */
  readonly said: string;
  readonly signed: Signed;
  readonly onClose: () => void;
  /** What can be done next, on the same line. */
  readonly children?: ReactNode;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <MessageBar intent="success">
        <MessageBarBody>
          {said} ·{' '}
          <Link inline onClick={() => setOpen(true)}>
            {words.seeResult}
          </Link>
          {children && <> · {children}</>}
        </MessageBarBody>
        <MessageBarActions
          containerAction={
            <Button
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={words.close}
              onClick={onClose}
            />
          }
        />
      </MessageBar>
      {signed.notes.map(({ code, params }) => (
        <MessageBar key={code} intent="info" layout="multiline">
          <MessageBarBody>{failureSentence({ code, params }, language)}</MessageBarBody>
        </MessageBar>
      ))}
      {open && (
        <SideDrawer title={words.result} onClose={() => setOpen(false)}>
          <VerificationView verification={signed.verification} />
        </SideDrawer>
      )}
    </>
  );
}
