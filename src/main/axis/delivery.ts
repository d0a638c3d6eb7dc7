import type { BusinessType, DeliveryState, StatusCode } from '../../shared/domain/exchange.ts';

type Progress = '01' | '03' | '04' | '05' | '06';

/**
 * One of our documents on its way to one recipient (A 4.1): how the sending stands, how far the recipient reports to
 * be, and what we asked it to do with the document since.
 */
export interface Delivery {
  readonly sending: 'queued' | 'sending' | 'uncertain' | 'sent' | 'send-failed';
  /** Highest rank reported; never goes back. */
  readonly progress: Progress | null;
  /** The newest word on whether the recipient takes the document at all, and when it happened (UTC ms). */
  readonly word: { readonly rejected: boolean; readonly at: number } | null;
  readonly request: {
    readonly kind: 'recall' | 'change';
    readonly answer: 'pending' | 'agreed' | 'refused';
  } | null;
}

export const NEW_DELIVERY: Delivery = { sending: 'queued', progress: null, word: null, request: null };

const RANKS: readonly Progress[] = ['01', '03', '04', '05', '06'];

/**
 * The delivery after a status from its recipient. Statuses come late, twice and out of order: the highest rank
 * counts, between refusal (02) and the ranks the later event, and 15 or 16 only answer what is pending. Any status
 * proves that the message was sent. `at` is the status's own time, or that of its arrival when it has none.
 */
export function applyStatus(delivery: Delivery, code: StatusCode, at: number): Delivery {
  // Sent by a document's sender, never by its recipient: it says nothing about a delivery of ours.
  if (code === '13') return delivery;
  const sent: Delivery = { ...delivery, sending: 'sent' };
  if (code === '15' || code === '16') {
    if (delivery.request?.answer !== 'pending') return sent;
    return { ...sent, request: { ...delivery.request, answer: code === '15' ? 'agreed' : 'refused' } };
  }
  if (code === '02') return { ...sent, word: newest(delivery, true, at) };
  return { ...sent, progress: higher(delivery.progress, code), word: newest(delivery, false, at) };
}

/** The delivery after we asked for a recall (status 13 or type 1), an update (2) or a replacement (3). */
export function applyRequest(delivery: Delivery, type: Exclude<BusinessType, 0>): Delivery {
  return { ...delivery, request: { kind: type === 1 ? 'recall' : 'change', answer: 'pending' } };
}

export function deliveryState({ sending, progress, word, request }: Delivery): DeliveryState {
  if (sending !== 'sent') return sending;
  if (request?.kind === 'recall' && request.answer === 'pending') return 'recall-pending';
  if (request?.kind === 'recall' && request.answer === 'agreed') return 'recalled';
  if (request?.kind === 'change' && request.answer === 'pending') return 'change-pending';
  if (word?.rejected) return 'rejected';
  return progress === null ? 'sent' : STATE_OF[progress];
}

const STATE_OF: Readonly<Record<Progress, DeliveryState>> = {
  '01': 'arrived',
  '03': 'accepted',
  '04': 'assigned',
  '05': 'processing',
  '06': 'finished',
};

function higher(known: Progress | null, reported: Progress): Progress {
  return known !== null && RANKS.indexOf(known) > RANKS.indexOf(reported) ? known : reported;
}

/** Of two events at the same time the one that arrived later counts. */
function newest({ word }: Delivery, rejected: boolean, at: number): Delivery['word'] {
  return word !== null && word.at > at ? word : { rejected, at };
}
