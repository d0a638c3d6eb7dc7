import { useState } from 'react';
import { Button, Field, Radio, RadioGroup } from '@fluentui/react-components';
import { type Holder, holderKinds } from '../../../shared/domain/holder.ts';
import { grantOf } from '../../../shared/domain/permissions.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import { call } from '../../desk/bridge.ts';
import { FileField } from '../../components/file-field.tsx';
import { saveFile } from '../../components/save-file.ts';
import { useCall } from '../../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../../desk/use-session.ts';
import { useTexts } from '../../texts/language.ts';
import { Batch, type BatchWork } from '../batch/index.tsx';
import { Review } from '../batch/review.tsx';
import type { KeptBoxes } from '../use-boxes.ts';
import { FilesStart } from './start.tsx';
import { texts } from './texts.ts';

type HolderKind = Holder['kind'];

/** With one PIN no more are signed. */
const mostFiles = 100;

/** Files from disk that belong to no document: chosen, looked at, signed with one PIN, saved. */
export function FileSigning() {
  const words = useTexts(texts);
  const person = useCurrentPerson();
  const { officeName } = useSession();
  const [files, setFiles] = useState<readonly FileReference[]>([]);
  const [kind, setKind] = useState<HolderKind>('person');
  const [made, setMade] = useState<ReadonlyMap<string, FileReference>>(new Map());
  if (!person) return null;
  const begin = (chosen: readonly FileReference[]) => {
    setMade(new Map());
    setFiles(chosen);
  };
  if (files.length === 0) return <FilesStart most={mostFiles} onFiles={begin} />;

  const work: BatchWork = {
    kind: 'files',
    holder: { kind, name: kind === 'person' ? person.name : officeName },
    entries: files.map(({ sha256, name }) => ({
      id: sha256,
      heading: null,
      subject: name,
      name,
      urgency: 'normal',
    })),
    sign: async (items, login) => {
      const acts = items.map(({ id, boxes }) => ({
        act: { kind: 'general' as const, file: files.find(({ sha256 }) => sha256 === id)!, holder: kind },
        boxes,
      }));
      const { items: outcomes, stopped } = await call('file-act.sign', { items: acts, ...login });
      setMade(
        new Map([
          ...made,
          ...outcomes.flatMap(({ file }, index) => (file ? [[items[index]!.id, file] as const] : [])),
        ]),
      );
      return {
        items: outcomes.map(({ outcome, problem, notes }, index) => ({
          id: items[index]!.id,
          outcome,
          problem: problem ?? notes[0] ?? null,
        })),
        stopped,
      };
    },
  };
  const add = (more: readonly FileReference[]) => {
    const known = new Set(files.map(({ sha256 }) => sha256));
    setFiles([...files, ...more.filter(({ sha256 }) => !known.has(sha256))]);
  };
  const replace = (id: string, copy: FileReference) =>
    setFiles(files.map((file) => (file.sha256 === id ? copy : file)));
  const mayActAs = holderKinds.filter(
    (each) => grantOf(person.role, each === 'person' ? 'file.sign' : 'file.seal') !== undefined,
  );
  return (
    <Batch
      work={work}
      renderReview={({ id, name }, kept) => (
        <FileReview
          key={`${kind} ${id}`}
          file={{ sha256: id, name }}
          holder={kind}
          kept={kept}
          onTaken={(copy) => replace(id, copy)}
        />
      )}
      renderAfter={(id) => <SaveButton file={made.get(id)} />}
      summaryAction={
        made.size > 1 && <Button onClick={() => [...made.values()].forEach(saveFile)}>{words.saveAll}</Button>
      }
      head={
        files.length < mostFiles && (
          <FileField
            label={words.add}
            extension=".pdf"
            files={[]}
            most={mostFiles - files.length}
            onChange={add}
          />
        )
      }
      leave={words.leave}
      onLeave={() => setFiles([])}
      onClose={({ items }) => {
        const signed = new Set(items.filter(({ outcome }) => outcome === 'signed').map(({ id }) => id));
        setFiles(files.filter(({ sha256 }) => !signed.has(sha256)));
      }}
    >
      {mayActAs.length > 1 && (
        <Field label={words.as}>
          <RadioGroup value={kind} onChange={(_, { value }) => setKind(value as HolderKind)}>
            {mayActAs.map((each) => (
              <Radio key={each} value={each} label={words.kinds[each]} />
            ))}
          </RadioGroup>
        </Field>
      )}
    </Batch>
  );
}

function FileReview({
  file,
  holder,
  kept,
  onTaken,
}: {
  readonly file: FileReference;
  readonly holder: HolderKind;
  readonly kept: KeptBoxes;
  readonly onTaken: (copy: FileReference) => void;
}) {
  const act = { kind: 'general' as const, file, holder };
  return (
    <Review
      asked={useCall('file-act.plan', { act }, ['settings'])}
      file={file}
      onTaken={onTaken}
      kept={kept}
    />
  );
}

function SaveButton({ file }: { readonly file: FileReference | undefined }) {
  const words = useTexts(texts);
  return (
    file && (
      <Button size="small" aria-label={words.saveOf(file.name)} onClick={() => saveFile(file)}>
        {words.save}
      </Button>
    )
  );
}
