import { z } from 'zod';
import { officeSchema, personSchema } from '../../../shared/domain/people.ts';
import { signerKindSchema, signingServicesSchema } from '../../../shared/ipc/settings.ts';
import { desk, local, registry } from './definition.ts';
import { file, time } from './words.ts';

/** The office itself: who works in it and how it is set up. Secrets are not here but in the vault. */
export const officeEvents = {
  'office.saved': registry.strict(officeSchema.strict()),
  'person.saved': registry.strict(personSchema.strict()),
  'person.sat-down': desk.free(z.strictObject({})),
  'access.denied': desk.free(z.strictObject({ call: z.string(), capability: z.string() })),
  'axis.saved': registry.strict(
    z.strictObject({
      url: z.string(),
      systemId: z.string(),
      allowHttp: z.boolean(),
      intervalMinutes: z.number().int(),
    }),
  ),
  'module.added': local(z.strictObject({ path: z.string(), sha256: z.string() })),
  'module.removed': local(z.strictObject({ path: z.string() })),
  'pkcs12.added': local(
    z.strictObject({
      file,
      name: z.string(),
      /** Those that have their key in the file, which may hide them. */
      certificates: z.array(z.strictObject({ file })),
    }),
  ),
  'pkcs12.removed': local(z.strictObject({ file })),
  /** What the token of that id showed after its PIN: it hides its certificates without. */
  'token.learned': local(
    z.strictObject({
      label: z.string(),
      serial: z.string(),
      certificates: z.array(z.strictObject({ file })),
    }),
  ),
  'root.added': registry.guarded(
    z.strictObject({ sha256: z.string(), subject: z.string(), notAfter: time, file }),
  ),
  'root.removed': registry.guarded(z.strictObject({ sha256: z.string() })),
  /** A certificate of an authority that is trusted by its fingerprint, as a signed file or a service gave it. */
  'authority.met': registry.free(z.strictObject({ file })),
  'services.saved': registry.strict(signingServicesSchema.strict()),
  'signer-kind.saved': registry.strict(signerKindSchema.strict()),
  'image.saved': registry.strict(z.strictObject({ owner: z.string(), file })),
  'integrity.checked': local(
    z.strictObject({
      entries: z.number().int(),
      brokenAt: z.number().int().nullable(),
      files: z.number().int(),
      missing: z.array(z.string()),
      damaged: z.array(z.string()),
    }),
  ),
};
