/** Life of an incoming document (NĐ 30/2020, Điều 20–24). */
export const incomingStates = [
  'arrived',
  'refused',
  'registered',
  'directed',
  'processing',
  'closed',
] as const;
export type IncomingState = (typeof incomingStates)[number];

/**
 * Life of an outgoing document (NĐ 30/2020, Điều 12–19): the leader's signature comes before the number, the number
 * before the agency's signature.
 */
export const outgoingStates = [
  'draft',
  'checking',
  'to-sign',
  'signed',
  'numbered',
  'sealed',
  'issued',
  'cancelled',
] as const;
export type OutgoingState = (typeof outgoingStates)[number];

/** Index = the value sent in edXML `Priority` (NĐ 30/2020, Điều 8: Khẩn, Thượng khẩn, Hỏa tốc). */
export const urgencies = ['normal', 'urgent', 'very-urgent', 'express'] as const;
export type Urgency = (typeof urgencies)[number];

/** What a stored file is to its document. */
export const attachmentRoles = [
  'main',
  'source',
  'appendix',
  'attached',
  'message',
  // Made here by signing: a received file with the arrival stamp and opinions, a copy, any other file.
  'annotated',
  'copy',
  'signed',
] as const;
export type AttachmentRole = (typeof attachmentRoles)[number];

/** Which signature an act puts on a file (NĐ 30/2020, Phụ lục I; the rest as VGCA's tools do it). */
export const signingRoles = [
  'personal',
  // The agency's too, on a file without fields for them.
  'number',
  'date',
  'month',
  'agency',
  'appendix',
  'copy',
  'incoming',
  'comment',
  'general',
] as const;
export type SigningRole = (typeof signingRoles)[number];
