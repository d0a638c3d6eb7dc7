import type { CosDict, CosObject, CosRef } from './cos.ts';
import { dict, intOf, isArray, isDict, isRef, isString, name, nameOf, textOf, withEntries } from './cos.ts';
import type { PageGeometry, Rect } from './geometry.ts';
import { damaged, LIMITS, tooComplex } from './limits.ts';
import type { IncrementalWriter } from './incremental.ts';
import type { Page } from './pages.ts';
import { pages } from './pages.ts';
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
  /** /DA, its own or inherited (12.7.4.3). */
  readonly defaultAppearance: CosObject;
  /** The field itself where field and widget are one dictionary. */
  readonly widgets: readonly Widget[];
}

const INHERITABLE = ['FT', 'Ff', 'V', 'DA'] as const;

/** All terminal fields reachable from the catalog's AcroForm. Errors: `pdf.damaged`, `pdf.too-complex`. */
export function listFields(document: PdfDocument): FormField[] {
  const form = document.dict(document.catalog.get('AcroForm'));
  const result: FormField[] = [];
  /** The names above each field met. */
  const seen = new Map<number, string>();

  function visit(object: CosObject, prefix: string, above: CosDict, depth: number): void {
    const field = document.get(object);
    if (!isRef(object) || !isDict(field)) return;
    const place = `${depth} ${prefix}`;
    // Listed twice in one place it is one field; in two places, or below itself, its name would be anybody's choice.
    if (seen.get(object.num) === place) return;
    if (seen.has(object.num)) throw damaged('field-tree');
    if (depth > LIMITS.treeDepth) throw tooComplex('treeDepth');
    seen.set(object.num, place);
    if (seen.size > LIMITS.fields) throw tooComplex('fields');
    const partial = textOf(document.get(field.get('T')));
    const path = partial === undefined ? prefix : prefix ? `${prefix}.${partial}` : partial;
    const own = INHERITABLE.map((key) => [key, field.get(key) ?? above.get(key) ?? null] as const);
    const inherited: CosDict = new Map(own);
    const kids = document.array(field.get('Kids')) ?? [];
    const isFieldNode = (kid: CosObject) => document.dict(kid)?.has('T') === true;
    if (kids.some(isFieldNode)) {
      for (const kid of kids) visit(kid, path, inherited, depth + 1);
    } else result.push(terminal(document, object, field, path, inherited, kids));
  }

  const defaults = dict({ DA: form?.get('DA') });
  for (const object of document.array(form?.get('Fields')) ?? []) visit(object, '', defaults, 0);
  return result;
}

function terminal(
  document: PdfDocument,
  ref: CosRef,
  field: CosDict,
  path: string,
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
    name: path,
    ref,
    dict: field,
    type: type === 'Tx' || type === 'Sig' || type === 'Btn' || type === 'Ch' ? type : undefined,
    flags: intOf(document.get(inherited.get('Ff'))) ?? 0,
    value: document.get(inherited.get('V')),
    defaultAppearance: document.get(inherited.get('DA')),
    widgets,
  };
}

/** The signature dictionary of a signed field. */
export function signatureOf(field: FormField): CosDict | undefined {
  if (field.type !== 'Sig' || !isDict(field.value)) return undefined;
  return isString(field.value.get('Contents')) ? field.value : undefined;
}

/** Print and Locked (Table 167). */
const WIDGET_FLAGS = 132;

/** What every widget of ours says about itself (12.5.6.19). */
export function widgetEntries(
  page: Page,
  geometry: PageGeometry,
  rect: Rect,
  appearance: CosRef,
): Record<string, CosObject> {
  return {
    Type: name('Annot'),
    Subtype: name('Widget'),
    F: WIDGET_FLAGS,
    P: page.ref,
    Rect: [...rect],
    AP: dict({ N: appearance }),
    ...(geometry.rotate === 0 ? {} : { MK: dict({ R: geometry.rotate }) }),
  };
}

/** The page that shows a widget: the one it names, else the one that lists it. Error: `pdf.damaged`. */
export function pageOfWidget(document: PdfDocument, widget: Widget): Page {
  const claimed = widget.dict.get('P');
  for (const page of pages(document)) {
    if (isRef(claimed) ? page.ref.num === claimed.num : lists(document, page.dict, widget.ref)) return page;
  }
  throw damaged('widget-page');
}

/** Every page that shows a widget: readers go by the pages' lists, whatever page it names. */
export const pagesOfWidget = (document: PdfDocument, widget: Widget): Page[] =>
  [...pages(document)].filter((page) => lists(document, page.dict, widget.ref));

function lists(document: PdfDocument, page: CosDict, widget: CosRef): boolean {
  const annotations = document.array(page.get('Annots')) ?? [];
  return annotations.some((item) => isRef(item) && item.num === widget.num);
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
