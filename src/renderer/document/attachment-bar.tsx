import { Button, Caption1, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { AttachRegular } from '@fluentui/react-icons/svg/attach';
import { DocumentPdfRegular } from '@fluentui/react-icons/svg/document-pdf';
import type { Attachment } from '../../shared/ipc/documents.ts';
import { fileUrl } from '../desk/bridge.ts';
import { type Language, useLanguage, useTexts } from '../texts/language.ts';
import { failureSentence } from '../components/error-message.tsx';
import { texts } from '../components/texts.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    listStyleType: 'none',
    maxHeight: '96px',
    overflowY: 'auto',
  },
  file: { display: 'flex', alignItems: 'center', maxWidth: '100%' },
  name: { maxWidth: '260px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  warned: { color: tokens.colorStatusWarningForeground3 },
});

export const isPdf = ({ mediaType, name }: Attachment): boolean =>
  mediaType === 'application/pdf' || /\.pdf$/i.test(name);

/** The file to show first: the signed document itself, else the first PDF. */
export function mainAttachment(files: readonly Attachment[]): Attachment | undefined {
  return files.find((file) => file.role === 'main' && isPdf(file)) ?? files.find(isPdf);
}

/** `1,4 MB`, `312 KB` */
export function showSize(bytes: number, language: Language): string {
  const format = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1 });
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${format.format(Math.round(bytes / 1000))} KB`;
  return `${format.format(bytes / 1_000_000)} MB`;
}

/** The files of a document: a PDF is shown on click, every file can be saved. */
export function AttachmentBar({
  files,
  shown,
  onShow,
}: {
  readonly files: readonly Attachment[];
  readonly shown: Attachment | undefined;
  readonly onShow: (file: Attachment) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  return (
    <ul className={styles.root} aria-label={words.files}>
      {files.map((file) => (
        <li key={`${file.role} ${file.sha256}`} className={styles.file}>
          {isPdf(file) ? (
            <Button
              size="small"
              appearance={file === shown ? 'outline' : 'subtle'}
              icon={<DocumentPdfRegular />}
              aria-pressed={file === shown}
              title={file.name}
              onClick={() => onShow(file)}
            >
              <span className={styles.name}>{words.roles[file.role](file.name)}</span>
            </Button>
          ) : (
            <SaveLink file={file} label={words.roles[file.role](file.name)} />
          )}
          {isPdf(file) && (
            <Tooltip content={words.save(file.name)} relationship="label">
              <Button
                as="a"
                size="small"
                appearance="subtle"
                icon={<ArrowDownloadRegular />}
                href={fileUrl(file.sha256)}
                download={file.name}
              />
            </Tooltip>
          )}
          <Caption1
            className={mergeClasses(file.problems.length > 0 && styles.warned)}
            title={file.problems.map((problem) => failureSentence(problem, language)).join(' ')}
          >
            {captionOf(file, words) ?? showSize(file.size, language)}
          </Caption1>
        </li>
      ))}
    </ul>
  );
}

function captionOf({ problems }: Attachment, words: (typeof texts)['vi']): string | undefined {
  const [first] = problems;
  if (!first) return undefined;
  return first.code === 'pdf.repaired' ? words.repaired : words.damaged;
}

function SaveLink({ file, label }: { readonly file: Attachment; readonly label: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <Button
      as="a"
      size="small"
      appearance="subtle"
      icon={<AttachRegular />}
      href={fileUrl(file.sha256)}
      download={file.name}
      title={words.save(file.name)}
    >
      <span className={styles.name}>{label}</span>
    </Button>
  );
}
