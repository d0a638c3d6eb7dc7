import { useState } from 'react';
import { makeStyles, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { TrustClass } from '../../shared/domain/verification.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { trustClassTexts } from '../../shared/sentences/verification.ts';
import { addFile, call } from '../desk/bridge.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { ErrorMessage } from '../components/error-message.tsx';
import { useAct } from '../desk/use-call.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { FileButton } from './file-button.tsx';
import { type Root, RootTable } from './root-table.tsx';
import { PartHeading, Section } from './section.tsx';
import { SignerKinds } from './signer-kinds.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({ add: { display: 'flex' } });

/** In the order in which a school meets them; what the office itself brought in comes first. */
const classes = ['noi-bo', 'cong-vu', 'cong-cong', 'la'] as const satisfies readonly TrustClass[];

/** Whose hierarchies this office trusts, known by their fingerprints; what the program brought along stays. */
export function RootsSection({
  settings: { roots, signerKinds },
  mayChange,
}: {
  readonly settings: Settings;
  readonly mayChange: boolean;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const [removing, setRemoving] = useState<Root>();
  return (
    <Section title={words.sections.roots} hint={words.roots.hint}>
      <Import mayChange={mayChange} />
      {roots.length === 0 && <Text>{words.roots.empty}</Text>}
      {classes.map((trustClass) => {
        const rows = roots.filter((root) => root.trustClass === trustClass);
        if (rows.length === 0) return null;
        const name = trustClassTexts[trustClass][language];
        return (
          <div key={trustClass}>
            <PartHeading>{words.roots.classOf(name, showNumber(rows.length, language))}</PartHeading>
            <RootTable label={name} roots={rows} mayChange={mayChange} onRemove={setRemoving} />
          </div>
        );
      })}
      <SignerKinds signerKinds={signerKinds} mayChange={mayChange} />
      {removing && (
        <ActDialog
          careful
          title={words.roots.removeOf(removing.subject)}
          action={words.remove}
          act={async () => {
            await call('settings.remove-root', { sha256: removing.sha256 });
          }}
          onClose={() => setRemoving(undefined)}
        >
          <Text>{words.roots.confirm(removing.subject)}</Text>
        </ActDialog>
      )}
    </Section>
  );
}

function Import({ mayChange }: { readonly mayChange: boolean }) {
  const styles = useStyles();
  const words = useTexts(texts).roots;
  const language = useLanguage();
  const [added, setAdded] = useState<number>();
  const add = useAct(async (file: File) => {
    setAdded(undefined);
    const { sha256, name } = await addFile(file);
    setAdded((await call('settings.add-roots', { sha256, name })).added);
  });
  return (
    <>
      <div className={styles.add}>
        <FileButton
          label={words.add}
          accept=".cer,.crt,.pem,.der,.p7b,.p7c"
          disabled={!mayChange || add.busy}
          onFile={add.run}
        />
      </div>
      {add.failure && <ErrorMessage failure={add.failure} onDismiss={add.clear} />}
      {added !== undefined && (
        <MessageBar intent="success">
          <MessageBarBody>{words.added(showNumber(added, language))}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
