import { agencyCodeForm, agencyKey, BUSINESS_TYPES, STATUS_CODES } from '../../shared/domain/exchange.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { localDay } from '../../shared/text/dates.ts';
import type { EdocMessage, Organization, StatusMessage } from './edxml-model.ts';
import { secrecyMark } from '../../shared/domain/secrecy.ts';

/**
 * Limits in characters, by element. The annex of QCVN 102 is not public; these are those of the one checker known to
 * mirror it, so what passes here passes there.
 */
const LIMITS = {
  CodeNumber: 11,
  CodeNotation: 30,
  Place: 50,
  TypeName: 100,
  Subject: 500,
  Content: 500,
  SphereOfPromulgation: 100,
  TyperNotation: 10,
  'ToPlaces/Place': 150,
  OrganName: 200,
  OrganizationInCharge: 500,
  OrganAdd: 250,
  Email: 100,
  Telephone: 20,
  Fax: 20,
  Website: 100,
  AttachmentName: 500,
} as const;

const UINT16_MAX = 65_535;

/** Refuses, with the first reason found, a document that a known receiver would refuse, misread or must not get. */
export function checkEdoc(message: EdocMessage, options: { now: number; secrecy: string }): void {
  refuseSecret(message, options.secrecy);
  checkOrganization(message.from, 'From');
  need(message.to.length > 0, 'To');
  const seen = new Set<string>();
  for (const to of message.to) {
    checkOrganization(to, 'To');
    if (seen.has(agencyKey(to.organId)))
      throw new DeskError('axis.recipient-repeated', { organId: to.organId });
    seen.add(agencyKey(to.organId));
  }
  need(message.documentId.trim() !== '', 'DocumentId');
  checkText(message.number, 'CodeNumber', true);
  checkText(message.notation, 'CodeNotation', true);
  checkText(message.place, 'Place', false);
  checkDates(message, options.now);
  checkText(message.typeName, 'TypeName', true);
  checkText(message.subject, 'Subject', true);
  checkText(message.content, 'Content', false);
  checkText(message.sphere, 'SphereOfPromulgation', false);
  checkText(message.typist, 'TyperNotation', false);
  for (const place of message.toPlaces) checkText(place, 'ToPlaces/Place', true);
  checkNumber(message.type, 'Type', 1, 2);
  checkNumber(message.typeDetail, 'TypeDetail', 0, UINT16_MAX);
  checkNumber(message.priority, 'Priority', 0, 4);
  checkNumber(message.copies, 'PromulgationAmount', 0, UINT16_MAX);
  checkNumber(message.pages, 'PageAmount', 0, UINT16_MAX);
  checkNumber(message.steeringType, 'SteeringType', 0, 3);
  for (const response of message.responseFor)
    need(response.organId !== '' && response.code !== '' && response.documentId !== '', 'ResponseFor');
  checkBusiness(message);
  checkAttachments(message);
}

/** A status without the ids of its document, or a refusal without its reason, helps nobody. */
export function checkStatus(status: StatusMessage): void {
  checkOrganization(status.from, 'From');
  const { organId, documentId } = status.responseFor;
  checkCode(organId, 'ResponseFor/OrganId');
  need(documentId.trim() !== '', 'DocumentId');
  const meaning = STATUS_CODES[status.code];
  if (meaning.needsReason && status.description.trim() === '')
    throw new DeskError('axis.reason-missing', { action: meaning.vi });
}

/**
 * State secrets never travel over the axis (QCVN 102:2016 does not cover them): refused by the document's own mark,
 * and by a mark left in the text.
 */
function refuseSecret(message: EdocMessage, secrecy: string): void {
  const marks = [
    secrecy,
    ...[message.subject, message.content, message.sphere, message.typeName].map(secrecyMark),
  ];
  const found = marks.find((mark) => mark.trim() !== '');
  if (found !== undefined) throw new DeskError('axis.secret-document', { secrecy: found });
}

function checkOrganization(organization: Organization, field: string): void {
  checkCode(organization.organId, `${field}/OrganId`);
  checkText(organization.name, 'OrganName', true);
  checkText(organization.inCharge, 'OrganizationInCharge', false);
  checkText(organization.address, 'OrganAdd', false);
  checkText(organization.email, 'Email', false);
  checkText(organization.telephone, 'Telephone', false);
  checkText(organization.fax, 'Fax', false);
  checkText(organization.website, 'Website', false);
}

function checkCode(organId: string, field: string): void {
  need(organId.trim() !== '', field);
  if (agencyCodeForm(organId) === 'invalid') throw new DeskError('axis.agency-code-invalid', { organId });
}

function checkDates(message: EdocMessage, now: number): void {
  const { promulgationDate } = message;
  if (promulgationDate === null) throw new DeskError('axis.field-missing', { field: 'PromulgationDate' });
  const days = [
    ['PromulgationDate', promulgationDate],
    ['DueDate', message.dueDate],
    ...message.responseFor.map(
      ({ promulgationDate }) => ['ResponseFor/PromulgationDate', promulgationDate] as const,
    ),
  ] as const;
  for (const [field, day] of days) {
    if (day !== null && !isDay(day)) throw new DeskError('axis.field-invalid', { field });
  }
  if (promulgationDate > localDay(now))
    throw new DeskError('axis.date-in-future', { date: promulgationDate });
}

function isDay(day: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function checkBusiness({ business, trace }: EdocMessage): void {
  if (business.type !== 0 && business.reason.trim() === '')
    throw new DeskError('axis.reason-missing', { action: BUSINESS_TYPES[business.type].vi });
  if (business.type === 1 || business.type === 2) need(business.documentId !== '', 'Bussiness/DocumentId');
  if (business.type === 3) need(business.replaces.length > 0, 'ReplacementInfo');
  need(trace.length > 0, 'TraceHeader');
  for (const hop of trace) {
    checkCode(hop.organId, 'TraceHeader/OrganId');
    need(hop.at !== null, 'TraceHeader/Timestamp');
  }
}

function checkAttachments({ attachments }: EdocMessage): void {
  if (attachments.length === 0) throw new DeskError('axis.attachment-none');
  const ids = new Set<string>();
  for (const { contentId, name, bytes } of attachments) {
    checkText(name, 'AttachmentName', true);
    // The id goes into the message as it is; a repeated one cannot be told apart by any reader.
    if (!/^[0-9A-Za-z._-]{1,100}$/.test(contentId) || ids.has(contentId))
      throw new DeskError('axis.field-invalid', { field: 'ContentId' });
    ids.add(contentId);
    if (bytes.length === 0) throw new DeskError('axis.attachment-empty', { name });
  }
}

function checkText(text: string, field: keyof typeof LIMITS, required: boolean): void {
  if (required) need(text.trim() !== '', field);
  const max = LIMITS[field];
  if (text.length > max) throw new DeskError('axis.field-too-long', { field, max });
}

function checkNumber(value: number, field: string, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new DeskError('axis.field-invalid', { field });
}

function need(present: boolean, field: string): void {
  if (!present) throw new DeskError('axis.field-missing', { field });
}
