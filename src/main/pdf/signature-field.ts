import { createHash } from '../crypto/index.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Appearance } from './appearance.ts';
import { blankForm, importAppearance } from './appearance.ts';
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { bytesString, dict, latin1, name, textString, verbatim, withEntries } from './cos.ts';
import type { FormField } from './form.ts';
import {
  addAnnotations,
  listFields,
  pageOfWidget,
  signatureOf,
  updateCatalog,
  updateForm,
  widgetEntries,
} from './form.ts';
import type { PageGeometry, Rect, ViewBox } from './geometry.ts';
import { userToView, viewToUser } from './geometry.ts';
import { IncrementalWriter } from './incremental.ts';
import { getPage, pageGeometry, rectOf } from './pages.ts';
import type { Page } from './pages.ts';
import type { FieldLock } from './permissions.ts';
import { checkPermitted, joinLocks, lockOfField } from './permissions.ts';
import type { PdfDocument } from './reader.ts';
import { honourSeedValues } from './seed-values.ts';
import type { SigningCertificate } from './seed-values.ts';
import type { ByteSource } from './source.ts';
import { readInChunks } from './source.ts';
import { tagWidget } from './structure.ts';

export interface FieldPlace {
  /** Counted from 0, negative from the end. */
  readonly page: number;
  readonly box: ViewBox;
}

export type SignatureTarget =
  /** An empty signature field of the file. `box` moves it, which only a file without signatures allows. */
  | { readonly kind: 'existing'; readonly name: string; readonly box?: ViewBox }
  /** A new field; `page` counts from 0, negative from the end. Without `box` it is invisible. */
  | { readonly kind: 'new'; readonly page: number; readonly box?: ViewBox; readonly name?: string };

/** Words put on a page together with a signature, which covers them: part of what is signed, no part of its field. */
export interface PageNote {
  /** Counted from 0. */
  readonly page: number;
  readonly box: ViewBox;
  readonly appearance: Appearance;
  /** What it says, for whoever cannot see it. */
  readonly text: string;
}

export interface SignatureRequest {
  readonly target: SignatureTarget;
  readonly subFilter: 'ETSI.CAdES.detached' | 'ETSI.RFC3161';
  readonly appearance?: Appearance;
  readonly notes?: readonly PageNote[];
  readonly signerName?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly signingTime?: Date;
  /** Room for the DER of the CMS, in bytes. */
  readonly contentsBytes: number;
  /** Certifies the document (ISO 32000-2, 12.8.2.2); only the first signature can. */
  readonly docMdp?: 1 | 2 | 3;
  /** Frozen by this signature, besides what the author of the field wants frozen. */
  readonly fieldLock?: FieldLock;
  /** The CMS will carry a signature timestamp: some fields demand one. */
  readonly timestamped?: boolean;
  /** Some fields demand certain ones. Null while nobody knows which it will be. */
  readonly certificate?: SigningCertificate | null;
  /** DER of the certificates above it. */
  readonly chain?: readonly Uint8Array[];
}

/** A file waiting for its signature: plain data, so it can be sent to another process or stored. */
export interface PreparedSignature {
  /** Size of the original, to which `tail` is appended. */
  readonly baseSize: number;
  readonly tail: Uint8Array;
  readonly byteRange: readonly [number, number, number, number];
  /** Where in `tail` the hexadecimal digits of /Contents begin, and how many they are. */
  readonly holeOffset: number;
  readonly holeSize: number;
  /** SHA-256 over the byte range. */
  readonly digest: Uint8Array;
  readonly fieldName: string;
  /** Where it shows, the page counted from 0; null when it does not. */
  readonly shown: FieldPlace | null;
  /** The author of the field wants no signature without a timestamp in it (12.7.5.5). */
  readonly needsTimestamp: boolean;
}

/** The field that was given a value. */
type FilledField = Pick<PreparedSignature, 'fieldName' | 'shown'>;

const INVISIBLE: Rect = [0, 0, 0, 0];
const BYTE_RANGE_WIDTH = 45;

/** `D:20261120160405+07'00'` (7.9.4): Vietnam has one time zone and no summer time. */
export function pdfDate(time: Date): string {
  const local = new Date(time.getTime() + 7 * 3_600_000).toISOString();
  return `D:${local.slice(0, 19).replace(/[-T:]/g, '')}+07'00'`;
}

/**
 * Adds a signature dictionary with a hole for the CMS, as an incremental update.
 * Errors: those of `checkPermitted`; `pdf.no-such-page`, `pdf.no-such-field`, `pdf.field-signed`,
 * `pdf.field-cannot-move`, `pdf.field-exists`, `pdf.certify-not-first`; those of `honourSeedValues`.
 */
export function prepareSignature(document: PdfDocument, wanted: SignatureRequest): PreparedSignature {
  const fields = listFields(document);
  const isFirst = !fields.some((field) => signatureOf(field));
  const request = asAuthorWants(document, fields, wanted, isFirst);
  if (request.docMdp !== undefined && !isFirst) throw new DeskError('pdf.certify-not-first');
  const writer = new IncrementalWriter(document);
  const signature = writer.reserve();
  const { target } = request;
  const field =
    target.kind === 'existing'
      ? signField(writer, fields, target, signature, request)
      : newField(writer, fields, target, signature, request);
  for (const note of request.notes ?? []) addNote(writer, note);
  if (request.docMdp !== undefined) {
    const permissions = document.dict(document.catalog.get('Perms')) ?? new Map<string, CosObject>();
    updateCatalog(writer, { Perms: withEntries(permissions, { DocMDP: signature }) });
  }
  return {
    ...layOut(writer, signature, field, request.contentsBytes),
    needsTimestamp: request.needsTimestamp,
  };
}

/** The request with what the author of an existing field decided for its signer. */
function asAuthorWants(
  document: PdfDocument,
  fields: readonly FormField[],
  request: SignatureRequest,
  isFirst: boolean,
): SignatureRequest & Pick<PreparedSignature, 'needsTimestamp'> {
  const { target, reason: _, docMdp: __, ...others } = request;
  if (target.kind === 'new') return { ...request, needsTimestamp: false };
  const field = fields.find((f) => f.name === target.name && f.type === 'Sig');
  if (!field) throw new DeskError('pdf.no-such-field', { field: target.name });
  const { reason, docMdp, needsTimestamp } = honourSeedValues(document, field, request, isFirst);
  const fieldLock = joinLocks(lockOfField(document, field), request.fieldLock);
  return {
    ...others,
    target,
    needsTimestamp,
    ...(reason !== undefined && { reason }),
    ...(docMdp !== undefined && { docMdp }),
    ...(fieldLock && { fieldLock }),
  };
}

function signField(
  writer: IncrementalWriter,
  fields: readonly FormField[],
  target: Extract<SignatureTarget, { kind: 'existing' }>,
  signature: CosRef,
  request: SignatureRequest,
): FilledField {
  const { document } = writer;
  const wanted = target.name;
  const field = fields.find((f) => f.name === wanted && f.type === 'Sig');
  if (!field) throw new DeskError('pdf.no-such-field', { field: wanted });
  if (field.value !== null) throw new DeskError('pdf.field-signed', { field: wanted });
  checkPermitted(document, fields, { kind: 'sign', field: wanted });
  if (target.box && fields.some((f) => signatureOf(f))) {
    throw new DeskError('pdf.field-cannot-move', { field: wanted });
  }
  writer.set(signature, signatureDictionary(document, request));
  const filled = withEntries(field.dict, { V: signature });
  updateForm(writer, [], { SigFlags: 3 });
  const widget = field.widgets[0];
  if (!widget) {
    writer.set(field.ref, filled);
    return { fieldName: wanted, shown: null };
  }
  const page = pageOfWidget(document, widget);
  const geometry = pageGeometry(document, page);
  const rect = target.box
    ? viewToUser(geometry, target.box)
    : (rectOf(document, widget.dict.get('Rect')) ?? INVISIBLE);
  const dressed = dict({
    Rect: target.box ? [...rect] : undefined,
    AP: dict({ N: appearanceFor(writer, request.appearance, rect, geometry) }),
  });
  if (widget.ref.num === field.ref.num) writer.set(field.ref, new Map([...filled, ...dressed]));
  else {
    writer.set(field.ref, filled);
    writer.set(widget.ref, new Map([...widget.dict, ...dressed]));
  }
  return { fieldName: wanted, shown: placeOf(page, geometry, rect) };
}

/** A free text annotation (12.5.6.6) that is printed and cannot be edited. */
function addNote(writer: IncrementalWriter, { page: index, box, appearance, text }: PageNote): void {
  const page = getPage(writer.document, index);
  const geometry = pageGeometry(writer.document, page);
  const rect = viewToUser(geometry, box);
  const note = writer.add(
    dict({
      ...widgetEntries(page, geometry, rect, appearanceFor(writer, appearance, rect, geometry)),
      Subtype: name('FreeText'),
      F: NOTE_FLAGS,
      Contents: textString(text),
      DA: bytesString(latin1('/Helv 9 Tf 0 g')),
    }),
  );
  addAnnotations(writer, page.ref, [note]);
}

/** Print, ReadOnly, Locked and LockedContents (Table 167). */
const NOTE_FLAGS = 4 + 64 + 128 + 512;

function placeOf({ index }: Page, geometry: PageGeometry, rect: Rect): FieldPlace | null {
  const box = userToView(geometry, rect);
  return box.width > 0 && box.height > 0 ? { page: index, box } : null;
}

function appearanceFor(
  writer: IncrementalWriter,
  appearance: Appearance | undefined,
  rect: Rect,
  geometry: PageGeometry,
): CosRef {
  const { width, height } = userToView({ ...geometry, userUnit: 1 }, rect);
  if (!appearance || width <= 0 || height <= 0) return writer.add(blankForm(rect, geometry.rotate));
  return importAppearance(writer, appearance, width, height, geometry.rotate);
}

function newField(
  writer: IncrementalWriter,
  fields: readonly FormField[],
  target: Extract<SignatureTarget, { kind: 'new' }>,
  signature: CosRef,
  request: SignatureRequest,
): FilledField {
  const { document } = writer;
  const fieldName = freeName(fields, target.name);
  const isTimestamp = request.subFilter === 'ETSI.RFC3161' && !target.box;
  checkPermitted(document, fields, { kind: isTimestamp ? 'add-timestamp' : 'add-field', field: fieldName });
  writer.set(signature, signatureDictionary(document, request));
  const page = getPage(document, target.page);
  const geometry = pageGeometry(document, page);
  const rect = target.box ? viewToUser(geometry, target.box) : INVISIBLE;
  const field = writer.reserve();
  writer.set(
    field,
    dict({
      ...widgetEntries(page, geometry, rect, appearanceFor(writer, request.appearance, rect, geometry)),
      ...tagWidget(writer, page, field, fieldName),
      FT: name('Sig'),
      T: textString(fieldName),
      V: signature,
      Lock: request.fieldLock && lockDictionary('SigFieldLock', request.fieldLock),
    }),
  );
  addAnnotations(writer, page.ref, [field]);
  updateForm(writer, [field], { SigFlags: 3 });
  return { fieldName, shown: placeOf(page, geometry, rect) };
}

/** A name nobody has; a wanted one that is taken is an error, since the caller means that field. */
function freeName(fields: readonly FormField[], wanted: string | undefined): string {
  // A name is taken as well by what stands above or below it in the hierarchy.
  const roots = new Set(fields.map((field) => field.name.split('.')[0]));
  if (wanted !== undefined) {
    if (wanted === '' || wanted.includes('.') || roots.has(wanted)) {
      throw new DeskError('pdf.field-exists', { field: wanted });
    }
    return wanted;
  }
  let n = 1;
  while (roots.has(`CHU_KY_${n}`)) n++;
  return `CHU_KY_${n}`;
}

function lockDictionary(type: 'SigFieldLock' | 'TransformParams', lock: FieldLock): CosDict {
  return dict({
    Type: name(type),
    V: type === 'TransformParams' ? name('1.2') : undefined,
    Action: name(lock.action),
    Fields: lock.action === 'All' ? undefined : lock.fields.map(textString),
  });
}

/** Table 256. /Data of a field lock is the document (12.8.2.4). */
function references(document: PdfDocument, request: SignatureRequest): CosObject | undefined {
  const list: CosDict[] = [];
  const add = (method: string, params: CosDict, data?: CosObject) => {
    const entries = { TransformMethod: name(method), TransformParams: params, Data: data };
    list.push(dict({ Type: name('SigRef'), ...entries }));
  };
  if (request.docMdp !== undefined) {
    add('DocMDP', dict({ Type: name('TransformParams'), V: name('1.2'), P: request.docMdp }));
  }
  const { fieldLock } = request;
  if (fieldLock) {
    add('FieldMDP', lockDictionary('TransformParams', fieldLock), document.trailer.get('Root'));
  }
  return list.length > 0 ? list : undefined;
}

/** Table 255; a document timestamp has no name, time or reason (12.8.5). */
function signatureDictionary(document: PdfDocument, request: SignatureRequest): CosDict {
  const isTimestamp = request.subFilter === 'ETSI.RFC3161';
  const text = (value: string | undefined) =>
    value === undefined || isTimestamp ? undefined : textString(value);
  return dict({
    Type: name(isTimestamp ? 'DocTimeStamp' : 'Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name(request.subFilter),
    ByteRange: verbatim(' '.repeat(BYTE_RANGE_WIDTH)),
    Contents: verbatim(`<${'0'.repeat(request.contentsBytes * 2)}>`),
    Name: text(request.signerName),
    Reason: text(request.reason),
    Location: text(request.location),
    M: request.signingTime && !isTimestamp ? bytesString(latin1(pdfDate(request.signingTime))) : undefined,
    Reference: references(document, request),
  });
}

/** Writes the revision, fills in the byte range and hashes what it covers, the original streamed from its source. */
function layOut(
  writer: IncrementalWriter,
  signature: CosRef,
  field: FilledField,
  contentsBytes: number,
): Omit<PreparedSignature, 'needsTimestamp'> {
  const { bytes, offsets } = writer.finish();
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const baseSize = writer.document.source.size;
  const from = offsets.get(signature.num)!;
  const open = tail.indexOf('/Contents <', from, 'latin1') + '/Contents '.length;
  const holeSize = contentsBytes * 2;
  const behind = open + holeSize + 2;
  const byteRange = [0, baseSize + open, baseSize + behind, tail.length - behind] as const;
  const text = `[${byteRange.join(' ')}]`.padEnd(BYTE_RANGE_WIDTH);
  tail.write(text, tail.indexOf('/ByteRange ', from, 'latin1') + '/ByteRange '.length, 'latin1');
  return {
    baseSize,
    tail,
    byteRange,
    holeOffset: open + 1,
    holeSize,
    digest: hashRange(writer.document.source, tail, open, behind),
    ...field,
  };
}

function hashRange(source: ByteSource, tail: Uint8Array, open: number, behind: number): Uint8Array {
  const hash = source.sha256?.copy() ?? createHash('sha256');
  if (!source.sha256) readInChunks(source, 0, source.size, (chunk) => hash.update(chunk));
  return hash.update(tail.subarray(0, open)).update(tail.subarray(behind)).digest();
}

/** The tail with the CMS in its hole: append it to the original. Error: `pdf.signature-too-big`. */
export function embedSignature(prepared: PreparedSignature, cmsDer: Uint8Array): Uint8Array {
  const { holeOffset, holeSize } = prepared;
  if (cmsDer.length * 2 > holeSize) {
    throw new DeskError('pdf.signature-too-big', { needed: cmsDer.length, reserved: holeSize / 2 });
  }
  const tail = Buffer.from(prepared.tail);
  tail.write(Buffer.from(cmsDer).toString('hex'), holeOffset, 'latin1');
  return tail;
}
