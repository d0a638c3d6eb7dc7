import { useState } from 'react';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Text,
  tokens,
} from '@fluentui/react-components';
import { grantOf } from '../../shared/domain/permissions.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { addFile, call, fileUrl } from '../desk/bridge.ts';
import { ErrorMessage } from '../components/error-message.tsx';
import { useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { FileButton } from './file-button.tsx';
import { isOpaque, isPng, withoutWhite } from './png.ts';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(224px, 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  // Name, picture, button and message of all cards in line, however long a name is.
  card: {
    display: 'grid',
    gridTemplateRows: 'subgrid',
    gridRow: 'span 4',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  // Shown as on paper, in every theme; a transparent image lets the squares through.
  preview: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '120px',
    color: '#5c5c5c',
    background: 'repeating-conic-gradient(#ececec 0% 25%, white 0% 50%) 0 0 / 16px 16px',
    '& > img': { maxWidth: '100%', maxHeight: '100%' },
  },
});

/** Pictures of signatures and of the seal, as the marks on documents will show them. */
export function ImagesSection({
  settings: { people, images },
  mayChange,
}: {
  readonly settings: Settings;
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const signers = people.filter(({ role, active }) => active && grantOf(role, 'outgoing.sign') !== undefined);
  return (
    <Section title={words.sections.images} hint={words.images.hint}>
      <div className={styles.list}>
        <ImageCard
          owner="seal"
          name={words.images.seal}
          sha256={images['seal']?.sha256}
          mayChange={mayChange}
        />
        {signers.map(({ id, name }) => (
          <ImageCard
            key={id}
            owner={id}
            name={words.images.signature(name)}
            sha256={images[id]?.sha256}
            mayChange={mayChange}
          />
        ))}
      </div>
      {signers.length === 0 && <Text>{words.images.noSigners}</Text>}
    </Section>
  );
}

function ImageCard({
  owner,
  name,
  sha256,
  mayChange,
}: {
  readonly owner: string;
  readonly name: string;
  readonly sha256: string | undefined;
  readonly mayChange: boolean;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [notPng, setNotPng] = useState(false);
  const [opaque, setOpaque] = useState<File>();
  const keep = async (file: File) => {
    const stored = await addFile(file);
    await call('settings.save-image', { owner, file: { sha256: stored.sha256, name: stored.name } });
  };
  const save = useAct(async (file: File) => {
    const png = isPng(new Uint8Array(await file.slice(0, 8).arrayBuffer()));
    setNotPng(!png);
    setOpaque(undefined);
    if (!png) return;
    // What cannot be drawn here the desk refuses by name.
    if (await isOpaque(file).catch(() => false)) return setOpaque(file);
    await keep(file);
  });
  const clean = useAct(async (file: File) => {
    await keep(await withoutWhite(file));
    setOpaque(undefined);
  });
  return (
    <div className={styles.card}>
      <Text weight="semibold">{name}</Text>
      <div className={styles.preview}>
        {sha256 ? <img src={fileUrl(sha256)} alt={name} /> : words.images.none}
      </div>
      <FileButton
        label={words.images.upload}
        name={words.images.uploadFor(name)}
        accept="image/png"
        disabled={!mayChange || save.busy}
        onFile={save.run}
      />
      {notPng && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{words.images.notPng}</MessageBarBody>
        </MessageBar>
      )}
      {opaque && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{words.images.opaque}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" disabledFocusable={clean.busy} onClick={() => clean.run(opaque)}>
              {words.images.removeWhite}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {clean.failure && <ErrorMessage failure={clean.failure} onDismiss={clean.clear} />}
      {save.failure && <ErrorMessage failure={save.failure} onDismiss={save.clear} />}
    </div>
  );
}
