import { useState } from 'react';
import type { FileReference } from '../../shared/ipc/call.ts';
import type { CallFailure } from '../desk/bridge.ts';
import { useTexts } from '../texts/language.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { FileTrouble } from './file-trouble.tsx';
import { PasswordDialog } from '../components/password-dialog.tsx';
import { texts } from '../components/texts.ts';

/** The user's password opens nothing here, or only the owner's would allow more. */
const lacksPassword = (code: string): boolean =>
  code === 'pdf.password-needed' ||
  code === 'pdf.permission-denied' ||
  code === 'documents.received-restricted';

/** Why nothing can be signed on a file, with the way on where there is one: its password, or a copy written anew. */
export function FileFailure({
  failure,
  file,
  onReload,
  onTaken = onReload,
}: {
  readonly failure: CallFailure;
  readonly file: FileReference | undefined;
  readonly onReload: () => void;
  /** The person has chosen the copy of a damaged file; left out, the desk itself goes on with it. */
  readonly onTaken?: (copy: FileReference) => void;
}) {
  const words = useTexts(texts).password;
  const [asking, setAsking] = useState(false);
  if (file && failure.code === 'documents.copy-offered') return <FileTrouble file={file} onTaken={onTaken} />;
  const way =
    file && lacksPassword(failure.code) ? { label: words.enter, onClick: () => setAsking(true) } : undefined;
  return (
    <>
      <ErrorMessage failure={failure} way={way} onRetry={way ? undefined : onReload} />
      {asking && file && (
        <PasswordDialog
          file={file}
          onOpened={() => {
            setAsking(false);
            onReload();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
