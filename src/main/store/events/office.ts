import { z } from 'zod';
import { officeSchema, personSchema } from '../../../shared/domain/people.ts';
import { signerKindSchema, signingServicesSchema } from '../../../shared/ipc/settings.ts';
import { file, time } from './words.ts';

/** The office itself: who works in it and how it is set up. Secrets are not here but in the vault. */
export const officeEvents = {
  'office.saved': officeSchema,
  'person.saved': personSchema,
  'person.sat-down': z.strictObject({}),
  'access.denied': z.strictObject({ call: z.string(), capability: z.string() }),
  'axis.saved': z.strictObject({
    url: z.string(),
    systemId: z.string(),
    allowHttp: z.boolean(),
    intervalMinutes: z.number().int(),
  }),
  'module.added': z.strictObject({ path: z.string(), sha256: z.string() }),
  'module.removed': z.strictObject({ path: z.string() }),
  'pkcs12.added': z.strictObject({
    file,
    name: z.string(),
    /** Those that have their key in the file, which may hide them; entries of the first version name none. */
    certificates: z.array(z.strictObject({ file })).default([]),
  }),
  'pkcs12.removed': z.strictObject({ file }),
  /** What the token of that id showed after its PIN: it hides its certificates without. */
  'token.learned': z.strictObject({
    label: z.string(),
    serial: z.string(),
    certificates: z.array(z.strictObject({ file })),
  }),
  'root.added': z.strictObject({ sha256: z.string(), subject: z.string(), notAfter: time, file }),
  'root.removed': z.strictObject({ sha256: z.string() }),
  /** A certificate of an authority that is trusted by its fingerprint, as a signed file or a service gave it. */
  'authority.met': z.strictObject({ file }),
  'services.saved': signingServicesSchema,
  'signer-kind.saved': signerKindSchema,
  'image.saved': z.strictObject({ owner: z.string(), file }),
  'integrity.checked': z.strictObject({
    entries: z.number().int(),
    brokenAt: z.number().int().nullable(),
    files: z.number().int(),
    missing: z.array(z.string()),
    damaged: z.array(z.string()),
  }),
};
