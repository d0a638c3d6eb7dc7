/** An edXML message as JSON: what `edxml read` prints, with everything that is usually empty left out at will. */
import { z } from 'zod';
import { isStatusCode } from '../../shared/domain/exchange.ts';
import { NEW_DOCUMENT } from '../axis/edxml-model.ts';

const text = z.string().default('');
const day = z.iso.date().nullable().default(null);
const at = z.number().int().nullable().default(null);

const organization = z.object({
  organId: z.string(),
  inCharge: text,
  name: text,
  address: text,
  email: text,
  telephone: text,
  fax: text,
  website: text,
});

const responseFor = z.object({ organId: z.string(), code: text, documentId: text, promulgationDate: day });
const staff = z.object({ department: text, staff: text, email: text, mobile: text });

const business = z.object({
  type: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  reason: text,
  documentId: text,
  paper: z.boolean().default(false),
  infoChanged: z.boolean().default(false),
  receiverChanges: z.array(z.object({ organId: z.string(), added: z.boolean() })).default([]),
  replaces: z.array(z.object({ documentId: z.string(), organIds: z.array(z.string()) })).default([]),
  staff: z.array(staff).default([]),
});

const attachment = z.object({
  contentId: z.string(),
  name: z.string(),
  description: text,
  mimeType: z.string(),
  base64: z.base64().optional(),
  /** Instead of base64: a path beside the JSON file. */
  file: z.string().optional(),
});

const secrecy = text;

export const messageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('edoc'),
    secrecy,
    from: organization,
    to: z.array(organization),
    documentId: text,
    number: z.string(),
    notation: z.string(),
    place: text,
    promulgationDate: day,
    type: z.number().int().default(2),
    typeDetail: z.number().int().default(0),
    typeName: text,
    subject: z.string(),
    content: text,
    signer: z
      .object({ competence: text, position: text, fullName: text })
      .default({ competence: '', position: '', fullName: '' }),
    dueDate: day,
    priority: z.number().int().default(0),
    sphere: text,
    typist: text,
    copies: z.number().int().default(0),
    pages: z.number().int().default(0),
    appendixes: z.array(z.string()).default([]),
    responseFor: z.array(responseFor).default([]),
    steeringType: z.number().int().default(0),
    toPlaces: z.array(z.string()).default([]),
    trace: z.array(z.object({ organId: z.string(), at })).default([]),
    business: business.default({ ...NEW_DOCUMENT, receiverChanges: [], replaces: [], staff: [] }),
    attachments: z.array(attachment).default([]),
  }),
  z.object({
    kind: z.literal('status'),
    secrecy,
    from: organization,
    responseFor,
    staff: staff.nullable().default(null),
    code: z.string().refine(isStatusCode),
    description: text,
    at,
  }),
]);
