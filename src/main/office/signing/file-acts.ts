import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { FileReference, Problem } from '../../../shared/ipc/call.ts';
import { holderKindOf, type FileAct, type FileActOutcome } from '../../../shared/ipc/file-acts.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { signedFilesOf } from '../../store/queries/signed-files.ts';
import { actorOf } from '../common/events.ts';
import { defineFileAct, type FileActDefinition } from './file-act-kinds.ts';
import { signInTurn, type Outcome } from './in-turn.ts';
import { requireOffice } from '../common/office-settings.ts';
import { onRecords } from '../common/on-records.ts';
import { placementOf } from './find-placements.ts';
import { signFiles } from './sign-files.ts';
import type { SigningKey } from './signing-key.ts';
import type { Signing, SigningOffice } from './signing-jobs.ts';
import type { Task } from '../common/tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Files that acts name: whoever acts must have a right to them. */
export const filesOfActs = (acts: readonly FileAct[]): FileReference[] =>
  acts.flatMap((act) => ('file' in act ? [act.file] : []));

/** What would be signed, and where, before anybody signs. */
export async function planFileAct(
  office: SigningOffice,
  person: Person,
  { act }: ParsedArgument<'file-act.plan'>,
): Promise<Result<'file-act.plan'>> {
  const definition = defineFileAct(office, person, act);
  const { sha256: file } = definition.source;
  const planned = await definition.plan(undefined);
  const on = { ...onRecords(office), file, ...office.passwords.openingOf(file) };
  const recipients = await office.documents.ask('find-recipients', on);
  return { placements: [placementOf(definition.source, planned, null, recipients)] };
}

/**
 * Signs files one after another with one login, each recorded for itself.
 * @throws DeskError when nothing could be begun; see `signInTurn`
 */
export async function signFileActs(
  office: SigningOffice,
  keeper: TokenKeeper,
  person: Person,
  argument: ParsedArgument<'file-act.sign'>,
  task: Task,
): Promise<Result<'file-act.sign'>> {
  const { items } = argument;
  const kind = holderKindOf(items[0]!.act);
  const holder = { kind, name: kind === 'person' ? person.name : requireOffice(office).name };
  const { outcomes, stopped } = await signInTurn(office, keeper, holder, argument, task, items, {
    prepare: (item) => prepare(office, person, item),
    label: ({ definition }) => definition.source.name,
    carryOut: (prepared, key, quiet) => carryOut(office, person, prepared, key, quiet),
  });
  return { items: outcomes.map(outcomeOf), stopped };
}

type Item = ParsedArgument<'file-act.sign'>['items'][number];

interface PreparedAct {
  readonly item: Item;
  readonly definition: FileActDefinition;
  readonly signing: Signing;
}

async function prepare(office: SigningOffice, person: Person, item: Item): Promise<PreparedAct> {
  const definition = defineFileAct(office, person, item.act);
  const { role, request } = await definition.plan(item.boxes[0]);
  const { sha256: file, name } = definition.source;
  return { item, definition, signing: { role, position: 0, name, file, request } };
}

/** Proofs are added to files in the background, and two people may act on one: then it is signed once more. */
const TRIES = 3;

async function carryOut(
  office: SigningOffice,
  person: Person,
  prepared: PreparedAct,
  key: SigningKey,
  task: Task,
): Promise<Made> {
  let { definition, signing } = prepared;
  for (let left = TRIES - 1; ; left -= 1) {
    const [made] = await signFiles(office, key, [signing], task);
    const { file, evidence, note } = made!;
    try {
      const { at: signedAt } = office.record(actorOf(person), () => definition.event(file, evidence));
      return { signedAt, file: { sha256: file.sha256, name: definition.name }, notes: note ? [note] : [] };
    } catch (error) {
      if (!(error instanceof DeskError) || error.code !== 'documents.file-changed' || left === 0) throw error;
      ({ definition, signing } = await prepare(office, person, prepared.item));
    }
  }
}

interface Made {
  readonly signedAt: number;
  readonly file: FileReference;
  readonly notes: Problem[];
}

function outcomeOf(each: Outcome<Made>): FileActOutcome {
  const { outcome, problem } = each;
  const { signedAt, file, notes } =
    outcome === 'signed' ? each.result : { signedAt: null, file: null, notes: [] };
  return { outcome, problem, signedAt, file, notes };
}

/** What the person has signed that belongs to no document. */
export function listSignedFiles(
  store: Store,
  person: Person,
  page: ParsedArgument<'file-act.list'>,
): Result<'file-act.list'> {
  return signedFilesOf(store.tables, person.id, page);
}
