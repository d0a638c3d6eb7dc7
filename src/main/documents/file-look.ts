import type { Person } from '../../shared/domain/people.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ParsedArgument, Result } from '../../shared/ipc/index.ts';
import type { Store } from '../store/index.ts';
import { repairedFrom } from '../store/queries/documents.ts';
import { actorOf, event } from './acts.ts';
import { locked, LOCKED } from './locked-draft.ts';
import { readingThread } from './thread.ts';

type Added = Map<string, string>;

/**
 * What would keep a PDF from being signed, told while its drafter can still do something about it. Of one whose
 * structure is damaged or ambiguous a copy is made and may be looked at: it is used on the person's word only.
 * @param added the copy joins what this window may show
 */
export async function lookAtFile(
  store: Store,
  { sha256, name }: ParsedArgument<'outgoing.look-at-file'>,
  added: Added,
): Promise<Result<'outgoing.look-at-file'>> {
  const { problem, copy, signed } = await readingThread.ask('look', { path: store.files.path(sha256) });
  const said = problem?.code === LOCKED ? locked(name) : problem;
  return {
    problem: said && { code: said.code, params: { ...said.params } },
    copy: copy && { ...keep(store, copy.bytes, added), repairs: [...copy.repairs] },
    signed,
  };
}

/**
 * The person's word to use the copy: the original stays in the store, and the journal says which was made of which.
 * @throws DeskError documents.no-copy
 */
export async function takeCopy(
  store: Store,
  person: Person,
  { sha256, name }: ParsedArgument<'outgoing.take-copy'>,
  added: Added,
): Promise<Result<'outgoing.take-copy'>> {
  const { copy } = await readingThread.ask('look', { path: store.files.path(sha256) });
  if (!copy) throw new DeskError('documents.no-copy', { name });
  const kept = keep(store, copy.bytes, added);
  store.record(actorOf(person), () =>
    repairedFrom(store.tables, kept.sha256) === sha256
      ? null
      : event('file.repaired', sha256, {
          file: sha256,
          name,
          copy: { file: kept.sha256 },
          repairs: [...copy.repairs],
        }),
  );
  return { sha256: kept.sha256, name };
}

function keep(store: Store, bytes: Uint8Array, added: Added): { sha256: string; size: number } {
  const { sha256, size } = store.files.put(bytes);
  added.set(sha256, 'application/pdf');
  return { sha256, size };
}
