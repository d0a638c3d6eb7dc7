import packageJson from '../../../../package.json' with { type: 'json' };
import type { Person } from '../../../shared/domain/people.ts';
import type { Result } from '../../../shared/ipc/index.ts';
import type { Store } from '../../store/index.ts';
import { recordsWithFile, evidenceOf } from '../../store/queries/documents.ts';
import { incomingById } from '../../store/queries/incoming.ts';
import { officeOf } from '../../store/queries/office.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { incomingSigners, officialOf, outgoingSigners, type Named } from './official.ts';
import { answerOf, keptEvidenceOf } from './kept-evidence.ts';
import type { Task } from '../common/tasks.ts';
import type { OpenOffice } from './open-office.ts';

/**
 * Judges the file anew and prints what was found; the report is kept like any other file.
 * @throws DeskError what `verify` throws; host.cancelled, with nothing kept of the report
 */
export async function printReport(
  office: OpenOffice,
  person: Person,
  file: string,
  task: Task,
): Promise<Result<'verification.report'>> {
  const { name, named } = about(office, file);
  task.progress(0, 2, name);
  await office.verification.judge(file, { signal: task.signal });
  task.progress(1, 2, name);
  const report = {
    name,
    sha256: file,
    size: office.files.peek(file).size,
    verification: await office.verification.of(file),
    official: officialOf(office, file, named),
    evidence: (await keptEvidenceOf(office, file)).signatures,
    answers: evidenceOf(office.tables, file).flatMap(answerOf),
    judgedAt: null,
    checkedAt: office.now(),
    office: officeOf(office.tables)?.name ?? '',
    software: `Bàn Văn Thư ${packageJson.version}`,
  };
  const bytes = await office.asked.ask('report', report, { signal: task.signal });
  const { sha256 } = office.files.put(bytes);
  office.record(actorOf(person), () => newEvent('file.reported', file, { file, report: { file: sha256 } }));
  return { sha256, name: `kiem-tra-chu-ky-${file.slice(0, 8)}.pdf` };
}

/** What the file is called, and who should have signed it, in the first document it belongs to. */
function about(store: Store, file: string): { name: string; named: Named } {
  const [first] = recordsWithFile(store.tables, file);
  const incoming = first && incomingById(store.tables, first.id);
  const outgoing = first && outgoingById(store.tables, first.id);
  return {
    name: first?.name ?? file,
    named: incoming
      ? incomingSigners(incoming)
      : outgoing
        ? outgoingSigners(store, outgoing)
        : { person: '', agency: '' },
  };
}
