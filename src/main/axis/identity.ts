import { createHash } from '../crypto/index.ts';
import { agencyKey, type BusinessType } from '../../shared/domain/exchange.ts';
import type { ReceivedEdoc, StatusMessage } from './edxml-model.ts';

/** Two deliveries with equal identity are one document (see `edocIdentity`). */
export interface EdocIdentity {
  /** `agencyKey` of the sender. */
  readonly from: string;
  readonly documentId: string;
  readonly businessType: BusinessType;
  /** SHA-256 (hex) of what the sender said and attached, without what an axis changes in transit. */
  readonly contentHash: string;
}

/**
 * What makes two deliveries one document. The axis rewrites trace headers, types, wrappers, content ids and the list
 * of recipients, and drops what is empty, so only what the sender said and attached counts.
 */
export function edocIdentity(message: ReceivedEdoc): EdocIdentity {
  const { business } = message;
  const said = [
    message.number,
    message.notation,
    message.promulgationDate,
    message.typeName,
    message.subject,
    message.dueDate,
    business.reason,
    business.documentId,
    business.receiverChanges,
    business.replaces,
  ];
  const attached = message.attachments.map(({ name, bytes }) => [name, sha256(bytes)]);
  return {
    from: agencyKey(message.from.organId),
    documentId: message.documentId,
    businessType: business.type,
    contentHash: sha256(JSON.stringify([said, attached]).normalize('NFC')),
  };
}

/** De-duplication key of a status: who reports what about which document, and when it happened. */
export function statusKey({ from, responseFor, code, at }: StatusMessage): string {
  return [agencyKey(from.organId), responseFor.documentId, code, at ?? ''].join('|');
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
