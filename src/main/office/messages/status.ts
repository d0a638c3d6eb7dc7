import { randomUUID } from 'node:crypto';
import { agencyCodeForm, type StatusCode } from '../../../shared/domain/exchange.ts';
import { parseCode } from '../../../shared/domain/notation.ts';
import type { Office, Person } from '../../../shared/domain/people.ts';
import { EMPTY_ORGANIZATION, type Organization } from '../../axis/edxml-model.ts';
import { writeStatus } from '../../axis/edxml-write.ts';
import type { EventOf } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import type { IncomingRecord } from '../../store/queries/incoming.ts';
import { officeOf } from '../../store/queries/office.ts';
import { newEvent } from '../common/events.ts';

/** This office as it presents itself on the axis. */
export function organizationOf(office: Office): Organization {
  const { code, name, superior, address, email, phone } = office;
  return { ...EMPTY_ORGANIZATION, organId: code, name, inCharge: superior, address, email, telephone: phone };
}

/** `number/notation` as the axis writes it, also for codes of the Party's form. */
export function axisCode(code: string): string {
  const parsed = parseCode(code);
  return parsed ? `${parsed.number}/${parsed.notation}` : code;
}

type Answered = Pick<IncomingRecord, 'line' | 'sender' | 'documentId' | 'code' | 'issuedDate' | 'subject'>;

/**
 * The entry that tells the sender what has become of its document: it follows the act that decides it. Null when the sender could not be told: no DocumentId, no usable code, or no office of ours yet.
 * @param person who acts; null for the program itself (arrival)
 */
export function statusTo(
  store: Store,
  person: Person | null,
  id: string,
  incoming: Answered,
  code: StatusCode,
  description: string,
): EventOf<'status.queued'> | null {
  const office = officeOf(store.tables);
  const { line, documentId, subject } = incoming;
  const to = incoming.sender.code;
  if (!office || documentId === '' || agencyCodeForm(to) === 'invalid') return null;
  const bytes = writeStatus({
    kind: 'status',
    from: organizationOf(office),
    responseFor: {
      organId: to,
      code: axisCode(incoming.code),
      documentId,
      promulgationDate: incoming.issuedDate,
    },
    staff: person && { department: person.unit, staff: person.name, email: office.email, mobile: '' },
    code,
    description,
    at: store.now(),
  });
  return newEvent('status.queued', id, {
    message: {
      id: randomUUID(),
      kind: 'status',
      line,
      file: store.files.put(bytes).sha256,
      from: office.code,
      to: [to],
      documentId,
      code: axisCode(incoming.code),
      subject,
    },
  });
}
