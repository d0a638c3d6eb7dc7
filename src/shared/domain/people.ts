import { z } from 'zod';
import { text } from '../text/schemas.ts';

/** Who sits at the desk: văn thư, thủ trưởng, giáo viên hoặc nhân viên. What each may do stands in `permissions.ts`. */
export const roles = ['clerk', 'principal', 'teacher'] as const;
export const roleSchema = z.enum(roles);
export type Role = (typeof roles)[number];
/** What somebody new to the office is, until it is said otherwise. */
export const newcomerRole: Role = 'teacher';

export const personIdSchema = text().min(1).max(64);

export const personSchema = z.object({
  id: personIdSchema,
  name: text().trim().min(2).max(100),
  role: roleSchema,
  /** Title as printed above a signature, e.g. `HIỆU TRƯỞNG`. */
  title: text().trim().max(100),
  /** Group or office of the school, e.g. `Tổ Văn phòng`. */
  unit: text().trim().max(100),
  active: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** ISO 8601 (NĐ 30/2020, Phụ lục I), as VGCA's tools write it, and day-month-year. */
export const markTimes = ['ISO', 'VGCA', 'VN'] as const;

/** `Sao y`, or `SAO Y` as some inspectors want it: Annex I.II.I.1 heads copies in capitals, 3c sets the mark in lower case. */
export const copyCases = ['sentence', 'upper'] as const;
export type CopyCase = (typeof copyCases)[number];

export const officeSchema = z.object({
  name: text().trim().min(2).max(200),
  /** Superior body printed above the name, e.g. `SỞ GIÁO DỤC VÀ ĐÀO TẠO`. */
  superior: text().trim().max(200),
  /** Agency code (QĐ 20/2020/QĐ-TTg), 35 characters at most. */
  code: z.string().regex(/^[0-9A-Za-z._-]{1,35}$/),
  /** Codes this office was known by before. */
  oldCodes: z.array(z.string().regex(/^[0-9A-Za-z._-]{1,35}$/)).max(10),
  /** Abbreviation in notations, fixed by the head, e.g. `THPTVD`. */
  abbreviation: text().trim().min(1).max(20),
  /** Place in the place-and-date line. */
  place: text().trim().min(1).max(50),
  address: text().trim().max(250),
  email: text().trim().max(100),
  phone: text().trim().max(20),
  /** Diameter of the physical seal in millimetres: the seal is drawn at its real size. */
  sealDiameterMm: z.number().min(20).max(50),
  /** How marks on paper write the time of signing. Offices saved by earlier versions write it as the decree does. */
  markTime: z.enum(markTimes).default('ISO'),
  /** How the mark of a copy writes its form. Offices saved by earlier versions write it as in a sentence. */
  copyCase: z.enum(copyCases).default('sentence'),
});
export type Office = z.infer<typeof officeSchema>;
