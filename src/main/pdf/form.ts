import type { CosDict, CosObject, CosRef } from './cos.ts';
import { dict, intOf, isArray, isDict, isRef, isString, nameOf, textOf, withEntries } from './cos.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';
import type { IncrementalWriter } from './incremental.ts';
import type { PdfDocument } from './reader.ts';

export interface Widget {
  readonly ref: CosRef;
  readonly dict: CosDict;
}

/** A terminal field of the interactive form (ISO 32000-2, 12.7.4). */
export interface FormField {
  /** Fully qualified: partial names joined with dots. */
  readonly name: string;
  readonly ref: CosRef;
  readonly dict: CosDict;
  readonly type: 'Tx' | 'Sig' | 'Btn' | 'Ch' | undefined;
  readonly flags: number;
  readonly value: CosObject;
  /** The field itself where field and widget are one dictionary. */
  readonly widgets: readonly Widget[];
}

const INHERITABLE = ['FT', 'Ff', 'V', 'DA'] as const;

/** All terminal fields reachable from the catalog's AcroForm. Errors: `pdf.damaged`, `pdf.too-complex`. */
export function listFields(document: PdfDocument): FormField[] {
  const form = document.dict(document.catalog.get('AcroForm'));
  const result: FormField[] = [];
  const seen = new Set<number>();

  function visit(object: CosObject, prefix: string, above: CosDict, depth: number): void {
    const field = document.get(object);
    if (!isRef(object) || !isDict(field)) return;
    if (seen.has(object.num)) throw damaged('field-tree');
    if (depth > LIMITS.treeDepth) throw tooComplex('treeDepth');
    seen.add(object.num);
    if (seen.size > LIMITS.fields) throw tooComplex('fields');
    const partial = textOf(document.get(field.get('T')));
    const name = partial === undefined ? prefix : prefix ? `${prefix}.${partial}` : partial;
    const own = INHERITABLE.map((key) => [key, field.get(key) ?? above.get(key) ?? null] as const);
    const inherited: CosDict = new Map(own);
    const kids = document.array(field.get('Kids')) ?? [];
    const isFieldNode = (kid: CosObject) => document.dict(kid)?.has('T') === true;
    if (kids.some(isFieldNode)) {
      for (const kid of kids) visit(kid, name, inherited, depth + 1);
    } else result.push(terminal(document, object, field, name, inherited, kids));
  }

  for (const object of document.array(form?.get('Fields')) ?? []) visit(object, '', new Map(), 0);
  return result;
}

function terminal(
  document: PdfDocument,
  ref: CosRef,
  field: CosDict,
  name: string,
  inherited: CosDict,
  kids: readonly CosObject[],
): FormField {
  const type = nameOf(document.get(inherited.get('FT')));
  const widgets: Widget[] = [];
  for (const kid of kids) {
    const widget = document.dict(kid);
    if (isRef(kid) && widget) widgets.push({ ref: kid, dict: widget });
  }
  if (kids.length === 0 && field.has('Rect')) widgets.push({ ref, dict: field });
  return {
    name,
    ref,
    dict: field,
    type: type === 'Tx' || type === 'Sig' || type === 'Btn' || type === 'Ch' ? type : undefined,
    flags: intOf(document.get(inherited.get('Ff'))) ?? 0,
    value: document.get(inherited.get('V')),
    widgets,
  };
}

/** The signature dictionary of a signed field. */
export function signatureOf(field: FormField): CosDict | undefined {
  if (field.type !== 'Sig' || !isDict(field.value)) return undefined;
  return isString(field.value.get('Contents')) ? field.value : undefined;
}

/** Appends to an array that may be absent, direct in its owner, or an object of its own, changing as little as possible. */
function appendToArray(
  writer: IncrementalWriter,
  owner: CosDict,
  key: string,
  items: readonly CosObject[],
): CosDict | undefined {
  const held = owner.get(key);
  const array = writer.get(held);
  if (array !== null && !isArray(array)) throw damaged(key);
  const longer = [...(array ?? []), ...items];
  if (isRef(held) && array) {
    writer.set(held, longer);
    return undefined;
  }
  return withEntries(owner, { [key]: longer });
}

/** Adds widgets to a page's /Annots. */
export function addAnnotations(writer: IncrementalWriter, page: CosRef, widgets: readonly CosRef[]): void {
  const current = writer.get(page);
  if (!isDict(current)) throw damaged('page-tree');
  const changed = appendToArray(writer, current, 'Annots', widgets);
  if (changed) writer.set(page, changed);
}

/** Changes the catalog; `entries` replace its own. */
export function updateCatalog(writer: IncrementalWriter, entries: Record<string, CosObject>): void {
  const root = writer.document.trailer.get('Root');
  const catalog = writer.get(root);
  if (!isRef(root) || !isDict(catalog)) throw damaged('catalog');
  writer.set(root, withEntries(catalog, entries));
}

/**
 * Adds top-level fields to the AcroForm, direct or indirect or not there yet, and sets other entries of it
 * (/SigFlags, /DR, /DA). An AcroForm that already is as wanted is not written again.
 */
export function updateForm(
  writer: IncrementalWriter,
  fields: readonly CosRef[],
  entries: Record<string, CosObject>,
): void {
  const held = writer.get(writer.document.trailer.get('Root'));
  const formRef = isDict(held) ? held.get('AcroForm') : undefined;
  const form = writer.get(formRef);
  if (form !== null && !isDict(form)) throw damaged('acroform');
  const current: CosDict = form ?? dict({ Fields: [] });
  const withFields = fields.length > 0 ? appendToArray(writer, current, 'Fields', fields) : undefined;
  const differs = Object.entries(entries).some(([key, value]) => current.get(key) !== value);
  if (!withFields && !differs && form) return;
  const changed = withEntries(withFields ?? current, entries);
  if (isRef(formRef) && form) writer.set(formRef, changed);
  else updateCatalog(writer, { AcroForm: form ? changed : writer.add(changed) });
}
