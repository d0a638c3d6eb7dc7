import { useRef, useState } from 'react';
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { FileReference } from '../../shared/ipc/call.ts';
import { addFile, call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { PinInput, takePin } from '../components/pin-input.tsx';
import { texts as componentTexts } from '../components/texts.ts';
import { useTexts } from '../texts/language.ts';
import { FileButton } from './file-button.tsx';
import { PartHeading } from './section.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalS },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  name: { minWidth: 0, overflowWrap: 'anywhere' },
  row: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  hint: { color: tokens.colorNeutralForeground2 },
  add: { display: 'flex' },
});

export function Pkcs12Files({
  files,
  mayChange,
}: {
  readonly files: readonly FileReference[];
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [removing, setRemoving] = useState<FileReference>();
  const [adding, setAdding] = useState<File>();
  return (
    <div className={styles.part}>
      <PartHeading>{words.tokens.files}</PartHeading>
      <Text className={styles.hint}>{words.tokens.filesHint}</Text>
      {files.length === 0 && <Text>{words.tokens.noFiles}</Text>}
      <ul className={styles.list}>
        {files.map((file) => (
          <li key={file.sha256} className={styles.row}>
            <span className={styles.name}>{file.name}</span>
            <Button
              size="small"
              aria-label={`${words.remove}: ${file.name}`}
              disabled={!mayChange}
              onClick={() => setRemoving(file)}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.add}>
        <FileButton
          label={words.tokens.addFile}
          accept=".p12,.pfx"
          disabled={!mayChange}
          onFile={setAdding}
        />
      </div>
      {adding && <AddDialog file={adding} onClose={() => setAdding(undefined)} />}
      {removing && (
        <ActDialog
          careful
          title={words.remove}
          action={words.remove}
          act={async () => {
            await call('settings.remove-pkcs12', { sha256: removing.sha256 });
          }}
          onClose={() => setRemoving(undefined)}
        >
          <Text>{words.tokens.removeFile(removing.name)}</Text>
        </ActDialog>
      )}
    </div>
  );
}

/** The file tells whose certificates it holds only to who knows its PIN. */
function AddDialog({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const words = useTexts(texts).tokens;
  const { password } = useTexts(componentTexts);
  const input = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  return (
    <ActDialog
      title={words.addFile}
      action={words.addThis}
      ready={length > 0}
      act={async () => {
        const pin = takePin(input.current);
        setLength(0);
        const { sha256, name } = await addFile(file);
        await call('settings.add-pkcs12', { sha256, name, pin });
      }}
      onClose={onClose}
    >
      <Text weight="semibold">{file.name}</Text>
      <PinInput
        label={words.filePin}
        hint={words.filePinHint}
        hints={password}
        input={input}
        onLength={setLength}
      />
    </ActDialog>
  );
}
