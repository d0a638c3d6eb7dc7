import { makeDocumentId } from '../../../shared/domain/exchange.ts';
import { kindById } from '../../../shared/domain/kinds.ts';
import { notationFor, showCode, writeNumber } from '../../../shared/domain/notation.ts';
import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { localDay, type IsoDay } from '../../../shared/text/dates.ts';
import { takeNumber } from '../../store/admit/numbers.ts';
import type { Store } from '../../store/index.ts';
import { baseOf } from '../../store/queries/journal.ts';
import { outgoingById, type OutgoingRecord } from '../../store/queries/outgoing.ts';
import { requireFound, requireState } from '../../store/admit/guard.ts';
import { requireClock } from '../common/clock.ts';
import { actorOf, newEvent } from '../common/events.ts';
import { requireSignature } from '../verification/require-signature.ts';
import { requireMainFile } from '../common/main-file.ts';
import { requireOffice } from '../common/office-settings.ts';
import { onRecords } from '../common/on-records.ts';
import type { OutgoingOffice } from './outgoing-jobs.ts';

/**
 * Takes the next number of the year and writes number and date into the signed document (NĐ 30/2020, Điều 15.3: a
 * function of the system, after the authorised signature). The file is made first and the number taken with the
 * register row in one transaction: a crash leaves neither a gap nor a number without its document.
 */
export async function number(
  office: OutgoingOffice,
  person: Person,
  { id }: ParsedArgument<'outgoing.number'>,
): Promise<Result<'outgoing.number'>> {
  const base = baseOf(office.tables, id);
  const record = requireFound(outgoingById(office.tables, id));
  if (['draft', 'checking', 'to-sign'].includes(record.state)) throw new DeskError('documents.not-signed');
  requireState(record, 'signed');
  requireClock(office, false);
  const main = requireMainFile(office, id);
  await requireSignature(office, main.file);
  for (;;) {
    const issuedDate = localDay(office.now());
    const sequence = takeNumber(office.tables, 'outgoing', issuedDate);
    const { sha256: file, size } = await office.documents.ask('fill-head', {
      ...onRecords(office),
      main,
      sequence,
      day: issuedDate,
    });
    const entry = office.record(actorOf(person), () => {
      // Another document may have taken the number while this one's file was being made.
      const isStillNext =
        takeNumber(office.tables, 'outgoing', issuedDate) === sequence &&
        localDay(office.now()) === issuedDate;
      if (!isStillNext) return null;
      const numbered = newEvent('outgoing.numbered', id, {
        ...codeOf(office, record, sequence, issuedDate),
        issuedDate,
        files: [{ position: main.position, file, size }],
      });
      return { ...numbered, base };
    });
    if (entry) return { code: entry.data.code, issuedDate };
  }
}

function codeOf(store: Store, record: OutgoingRecord, sequence: number, issuedDate: IsoDay) {
  const office = requireOffice(store);
  const kind = kindById(record.kindId);
  if (!kind) throw new DeskError('documents.kind-unknown');
  const notation = notationFor(kind, office.abbreviation, record.unit);
  const written = writeNumber(sequence);
  return {
    number: sequence,
    notation,
    code: showCode(written, notation),
    documentId: makeDocumentId(office.code, issuedDate, written, notation),
  };
}
