import { EMPTY_ORGANIZATION } from './edxml-model.ts';
import type { Organization, Problem, ResponseFor, StaffInfo } from './edxml-model.ts';
import { parseDay, parseTime } from './edxml-dates.ts';
import { textOf } from './xml.ts';
import type { XmlDocument, XmlElement } from './xml.ts';
import { oneLine } from './xml-text.ts';

/** One message being read: its XML, and what had to be guessed or dropped so far. */
export interface Reading {
  readonly xml: XmlDocument;
  readonly warnings: Problem[];
}

export function child(parent: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return parent?.children.find((element) => names.includes(element.name));
}

export function childrenOf(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent?.children.filter((element) => element.name === name) ?? [];
}

/** A text field, one line, NFC; `N/A` and `null` are how some senders write "nothing". */
export function text(reading: Reading, parent: XmlElement | undefined, ...names: string[]): string {
  return exact(reading, parent, ...names).normalize('NFC');
}

/** An id, trimmed but otherwise letter by letter as its owner wrote it: it is echoed to its owner. */
export function exact(reading: Reading, parent: XmlElement | undefined, ...names: string[]): string {
  const value = oneLine(textOf(reading.xml, child(parent, ...names)));
  return /^(n\/a|null)$/i.test(value) ? '' : value;
}

export function integer(reading: Reading, parent: XmlElement | undefined, name: string): number | null {
  const value = text(reading, parent, name);
  return /^-?\d{1,9}$/.test(value) ? Number(value) : null;
}

/** An integer field with its possible values; anything else is named in a warning and replaced. */
export function oneOf<T extends number>(
  reading: Reading,
  parent: XmlElement | undefined,
  name: string,
  values: readonly T[],
  fallback: T,
): T {
  const written = text(reading, parent, name);
  if (written === '') return fallback;
  const value = values.find((value) => value === Number(written));
  if (value === undefined)
    reading.warnings.push({ code: 'axis.value-unknown', params: { field: name, text: short(written) } });
  return value ?? fallback;
}

export function day(reading: Reading, parent: XmlElement | undefined, name: string): string | null {
  return dated(reading, parent, name, parseDay);
}

export function time(reading: Reading, parent: XmlElement | undefined, name: string): number | null {
  return dated(reading, parent, name, parseTime);
}

function dated<T>(
  reading: Reading,
  parent: XmlElement | undefined,
  name: string,
  parse: (text: string) => T | null,
): T | null {
  const written = text(reading, parent, name);
  if (written === '') return null;
  const value = parse(written);
  if (value === null)
    reading.warnings.push({ code: 'axis.date-unreadable', params: { field: name, text: short(written) } });
  return value;
}

function short(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}

export function organization(reading: Reading, element: XmlElement | undefined): Organization {
  if (!element) return EMPTY_ORGANIZATION;
  return {
    organId: exact(reading, element, 'organid'),
    inCharge: text(reading, element, 'organizationincharge'),
    name: text(reading, element, 'organname'),
    address: text(reading, element, 'organadd'),
    email: text(reading, element, 'email'),
    telephone: text(reading, element, 'telephone'),
    fax: text(reading, element, 'fax'),
    website: text(reading, element, 'website'),
  };
}

export function responseFor(reading: Reading, element: XmlElement | undefined): ResponseFor {
  return {
    organId: exact(reading, element, 'organid'),
    code: text(reading, element, 'code'),
    documentId: exact(reading, element, 'documentid'),
    promulgationDate: day(reading, element, 'promulgationdate'),
  };
}

export function staffInfo(reading: Reading, element: XmlElement): StaffInfo {
  return {
    department: text(reading, element, 'department'),
    staff: text(reading, element, 'staff'),
    email: text(reading, element, 'email'),
    mobile: text(reading, element, 'mobile'),
  };
}
