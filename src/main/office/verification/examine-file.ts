import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { StoredProblem } from '../../store/events/words.ts';
import type { Store } from '../../store/index.ts';
import { repairedFrom } from '../../store/queries/documents.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { locked, LOCKED } from './locked-draft.ts';
import type { OpenOffice } from './open-office.ts';

type Added = Map<string, string>;

/**
 * What would keep a PDF from being signed, told while its drafter can still do something about it. Of one whose
 * structure is damaged or ambiguous a copy is made and may be looked at: it is used on the person's word only.
 * @param added the copy joins what this window may show
 */
export async function examineFile(
  office: OpenOffice,
  { sha256, name }: ParsedArgument<'file.examine'>,
  added: Added,
): Promise<Result<'file.examine'>> {
  const { problem, copy, signed } = await examined(office, sha256);
  const said = problem?.code === LOCKED ? locked(name) : problem;
  return {
    problem: said && { code: said.code, params: { ...said.params } },
    copy: copy && { ...keep(office, copy.bytes, added), repairs: [...copy.repairs] },
    signed,
  };
}

/**
 * The person's word to use the copy: the original stays in the store, and the journal says which was made of which.
 * @throws DeskError documents.no-copy
 */
export async function takeCopy(
  office: OpenOffice,
  person: Person,
  { sha256, name }: ParsedArgument<'file.take-copy'>,
  added: Added,
): Promise<Result<'file.take-copy'>> {
  const { copy } = await examined(office, sha256);
  if (!copy) throw new DeskError('documents.no-copy', { name });
  const kept = keep(office, copy.bytes, added);
  office.record(actorOf(person), () =>
    repairedFrom(office.tables, kept.sha256) === sha256
      ? null
      : newEvent('file.repaired', sha256, {
          file: sha256,
          name,
          copy: { file: kept.sha256 },
          repairs: [...copy.repairs],
        }),
  );
  return { sha256: kept.sha256, name };
}

const examined = ({ asked, files }: OpenOffice, sha256: string) =>
  asked.ask('examine', { path: files.path(sha256) });

/** What an attachment says of a file that is a copy of a damaged one. */
export function repairNotes({ tables }: Store, file: string): StoredProblem[] {
  const original = repairedFrom(tables, file);
  return original === undefined
    ? []
    : [{ code: 'pdf.repaired', params: { original: original.slice(0, 12) } }];
}

const DAMAGED = new Set<string>(['pdf.damaged', 'pdf.truncated']);

/**
 * Plans an act on a file. What is said of one of damaged structure is what its examination says: that it is signed or
 * encrypted and therefore stays as it is, or that a copy is offered.
 * @throws DeskError documents.copy-offered, and what `plan` throws
 */
export async function orOfferCopy<T>(office: OpenOffice, file: string, plan: () => Promise<T>): Promise<T> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof DeskError) || !DAMAGED.has(error.code)) throw error;
    const { problem, copy } = await examined(office, file);
    if (copy) throw new DeskError('documents.copy-offered', {}, error);
    throw problem ? new DeskError(problem.code, problem.params, error) : error;
  }
}

function keep(store: Store, bytes: Uint8Array, added: Added): { sha256: string; size: number } {
  const { sha256, size } = store.files.put(bytes);
  added.set(sha256, 'application/pdf');
  return { sha256, size };
}
