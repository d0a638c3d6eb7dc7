import { type DragEvent, useRef, useState } from 'react';
import { Button, Label, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import type { FileReference } from '../../shared/ipc/call.ts';
import { addFile } from '../desk/bridge.ts';
import { useAct } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { ErrorMessage } from './error-message.tsx';
import { texts } from './texts.ts';

/** What the desk takes at most. */
const largestBytes = 50 * 1024 * 1024;

const useStyles = makeStyles({
  root: { margin: 0, padding: 0, border: 'none', minWidth: 0 },
  legend: { padding: `0 0 ${tokens.spacingVerticalXXS}` },
  zone: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalS,
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: {
    border: `1px dashed ${tokens.colorCompoundBrandStroke}`,
    backgroundColor: tokens.colorBrandBackground2,
  },
  file: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    maxWidth: '100%',
    minWidth: 0,
    '& > svg': { flexShrink: 0 },
  },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  hint: { color: tokens.colorNeutralForeground3 },
  refused: { color: tokens.colorStatusDangerForeground1 },
  input: { display: 'none' },
});

/** Files chosen or dropped, stored at once: the form holds only their names and hashes. */
export function FileField({
  label,
  hint,
  extension,
  files,
  most = 1,
  required = false,
  primary = false,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  /** `.pdf` or `.docx`: others are refused by name. */
  readonly extension: string;
  readonly files: readonly FileReference[];
  readonly most?: number;
  readonly required?: boolean;
  /** Choosing is the next thing to do on this screen. */
  readonly primary?: boolean;
  readonly onChange: (files: readonly FileReference[]) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts).fileField;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string>();
  const storing = useAct(async (chosen: readonly File[]) => {
    const stored: FileReference[] = [];
    for (const file of chosen) {
      const { sha256, name } = await addFile(file);
      stored.push({ sha256, name });
    }
    const kept = most === 1 ? [] : files.filter((old) => stored.every(({ sha256 }) => sha256 !== old.sha256));
    onChange([...kept, ...stored].slice(0, most));
  });

  const take = (list: FileList | null) => {
    const chosen = [...(list ?? [])].slice(0, most);
    const wrong = chosen.find(({ name }) => !name.toLowerCase().endsWith(extension));
    const large = chosen.find(({ size }) => size > largestBytes);
    setRefused(
      wrong
        ? words.wrongType(wrong.name, extension.slice(1).toUpperCase())
        : large && words.tooLarge(large.name),
    );
    if (!wrong && !large && chosen.length > 0) storing.run(chosen);
  };
  const chooseLabel = files.length === 0 ? words.choose : most === 1 ? words.replace : words.add;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };

  return (
    <fieldset className={styles.root}>
      <legend className={styles.legend}>
        <Label required={required}>{label}</Label>
      </legend>
      <div
        className={mergeClasses(styles.zone, over && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {files.map((file) => (
          <FileName
            key={file.sha256}
            file={file}
            onRemove={() => onChange(files.filter((other) => other !== file))}
          />
        ))}
        <input
          ref={input}
          className={styles.input}
          type="file"
          accept={extension}
          multiple={most > 1}
          aria-label={label}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        {(files.length < most || most === 1) && (
          <Button
            size={primary ? 'medium' : 'small'}
            appearance={primary ? 'primary' : 'secondary'}
            disabled={storing.busy}
            aria-label={`${chooseLabel} ${label}`}
            onClick={() => input.current?.click()}
          >
            {chooseLabel}
          </Button>
        )}
        {storing.slow && <Spinner size="tiny" label={words.storing} />}
        {files.length === 0 && !storing.slow && <Text className={styles.hint}>{words.drop}</Text>}
      </div>
      {refused ? (
        <Text size={200} role="alert" className={styles.refused}>
          {refused}
        </Text>
      ) : (
        hint && (
          <Text size={200} className={styles.hint}>
            {hint}
          </Text>
        )
      )}
      {storing.failure && <ErrorMessage failure={storing.failure} onDismiss={storing.clear} />}
    </fieldset>
  );
}

function FileName({ file, onRemove }: { readonly file: FileReference; readonly onRemove: () => void }) {
  const styles = useStyles();
  const words = useTexts(texts).fileField;
  return (
    <span className={styles.file} title={file.name}>
      <DocumentRegular aria-hidden />
      <span className={styles.name}>{file.name}</span>
      <Button
        size="small"
        appearance="subtle"
        icon={<DismissRegular />}
        aria-label={words.remove(file.name)}
        onClick={onRemove}
      />
    </span>
  );
}
