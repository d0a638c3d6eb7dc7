import { useState } from 'react';
import {
  Field,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  tokens,
} from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { grantOf } from '../../../shared/domain/permissions.ts';
import { type NumberedKind, numberedKinds, records } from '../../../shared/domain/records.ts';
import { COPY_FORMS, copyForms, type CopyForm } from '../../../shared/domain/copies.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import type { Attachment } from '../../../shared/ipc/documents.ts';
import { call, CallFailure } from '../../desk/bridge.ts';
import { isPdf } from '../../document/attachment-bar.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { FileFailure } from '../../document/file-failure.tsx';
import { FileField } from '../../components/file-field.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { go } from '../../navigation/route.ts';
import { useKey } from '../../navigation/keys.ts';
import { useCall } from '../../desk/use-call.ts';
import { useSession } from '../../desk/use-session.ts';
import { useLanguage, useTexts } from '../../texts/language.ts';
import { type Deed, Placing } from '../placing.tsx';
import { texts } from './texts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  code: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  header: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  refused: { padding: tokens.spacingHorizontalL },
  // A drop-down is else as wide as the longest of its choices.
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    '& .fui-Select': { minWidth: 0, width: '100%' },
  },
});

/** What is copied: a document of a register, or a paper that is in none. */
interface Source {
  readonly code: string;
  readonly title: string;
  readonly files: readonly Attachment[];
  /** The document's id; null for a paper. */
  readonly id: string | null;
  /** @param copy what was made, when something was */
  readonly leave: (copy?: string) => void;
}

export type CopyOrigin = NumberedKind | 'paper';
export const isCopyOrigin = (text: string | undefined): text is CopyOrigin =>
  text === 'paper' || numberedKinds.some((kind) => kind === text);

const toFiles = () => go('signing', null, { files: '1' });

/** Sao y, sao lục, trích sao as an electronic file with the agency's signature (NĐ 30/2020, Điều 25 to 27). */
export function CopyScreen({ origin, id }: { readonly origin: CopyOrigin; readonly id: string | null }) {
  const words = useTexts(texts);
  return origin === 'paper' || id === null ? (
    <Copying source={{ code: '', title: words.paper, files: [], id: null, leave: toFiles }} />
  ) : (
    <CopyOfDocument kind={origin} id={id} />
  );
}

function CopyOfDocument({ kind, id }: { readonly kind: NumberedKind; readonly id: string }) {
  const { topic, place } = records[kind];
  const asked = useCall(`${kind}.get` as const, { id }, [topic]);
  if (asked.failure && !asked.data) return <ErrorMessage failure={asked.failure} onRetry={asked.reload} />;
  if (!asked.data) return asked.slow ? <Waiting /> : null;
  const { code, subject: title, attachments: files } = asked.data;
  return (
    <Copying
      source={{ code, title, files, id, leave: (copy) => go(place, id, copy ? { file: copy } : {}) }}
    />
  );
}

/** Files made here already bear the agency's signature. */
const copied: ReadonlySet<Attachment['role']> = new Set(['copy', 'annotated', 'signed', 'message']);

function Copying({ source: { code, title, files, id, leave } }: { readonly source: Source }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { officeName, people } = useSession();
  const offered = files.filter((file) => isPdf(file) && !copied.has(file.role));
  const heads = people.filter(({ role, active }) => active && grantOf(role, 'copy.order') !== undefined);
  const [form, setForm] = useState<CopyForm>('SY');
  const [chosen, setChosen] = useState<FileReference | undefined>(() =>
    offered.find(({ verdict }) => verdict === 'unsigned'),
  );
  const [orderedById, setOrderedById] = useState(heads.length === 1 ? heads[0]!.id : '');
  useKey('back', () => leave());
  const file = chosen && { sha256: chosen.sha256, name: chosen.name };
  const isAdded = chosen !== undefined && offered.every(({ sha256 }) => sha256 !== chosen.sha256);
  // The head is asked for before signing; where the mark goes does not hang on who allowed it.
  const act = file &&
    heads[0] && { kind: 'copy' as const, id, file, form, orderedById: orderedById || heads[0].id };
  const plan = useCall('file-act.plan', act ? { act } : null, ['settings']);
  const isCurrent = JSON.stringify(plan.answers?.act) === JSON.stringify(act);
  const placements = act && isCurrent && plan.data ? plan.data.placements : [];
  const deed: Deed = {
    holder: { kind: 'office', name: officeName },
    label: words.sign,
    pin: { title: words.pinTitle, action: words.verb, what: [words.file, file?.name ?? ''] },
    sign: async (login, boxes) => {
      const { items } = await call('file-act.sign', { items: [{ act: act!, boxes }], ...login });
      const [made] = items;
      if (made?.problem) throw new CallFailure(made.problem.code, made.problem.params);
      leave(made?.file?.name);
    },
  };
  const paper =
    act && plan.failure ? (
      <div className={styles.refused}>
        <FileFailure failure={plan.failure} file={file} onReload={plan.reload} onTaken={setChosen} />
      </div>
    ) : file ? (
      plan.slow && <Waiting />
    ) : (
      <EmptyState icon={<CopyRegular />}>{words.empty}</EmptyState>
    );
  return (
    <div className={styles.root}>
      <div className={styles.header}>
        <PageHeader
          title={title}
          overline={
            <>
              <span>{words.title}</span>
              {code && <span className={styles.code}>{code}</span>}
            </>
          }
        />
      </div>
      <Placing
        placements={placements}
        deed={deed}
        ready={orderedById !== '' && !plan.failure}
        empty={paper}
        foot={<Link onClick={() => leave()}>{id === null ? words.backToFiles : words.back}</Link>}
      >
        <div className={styles.fields}>
          <Field label={words.form} hint={words.hints[form]}>
            <Select value={form} onChange={(_, { value }) => setForm(value as CopyForm)}>
              {copyForms.map((each) => (
                <option key={each} value={each}>
                  {COPY_FORMS[each][language]}
                </option>
              ))}
            </Select>
          </Field>
          {offered.length > 0 && (
            <Field label={words.file}>
              <Select
                value={isAdded ? '' : (chosen?.sha256 ?? '')}
                onChange={(_, { value }) => setChosen(offered.find(({ sha256 }) => sha256 === value))}
              >
                <option value="">{words.chooseFile}</option>
                {offered.map(({ sha256, name }) => (
                  <option key={sha256} value={sha256}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {!chosen && offered.length > 0 && (
            <MessageBar intent="info" layout="multiline">
              <MessageBarBody>{words.signed}</MessageBarBody>
            </MessageBar>
          )}
          <FileField
            label={words.add}
            extension=".pdf"
            files={isAdded && file ? [file] : []}
            onChange={([added]) => setChosen(added)}
          />
          <Field
            label={words.orderedBy}
            {...(heads.length === 0 && {
              validationMessage: words.noHead,
              validationState: 'error' as const,
            })}
          >
            <Select value={orderedById} onChange={(_, { value }) => setOrderedById(value)}>
              <option value="">{words.choosePerson}</option>
              {heads.map((head) => (
                <option key={head.id} value={head.id}>
                  {head.name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </Placing>
    </div>
  );
}
