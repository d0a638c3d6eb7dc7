/** The document security store (ISO 32000-2, 12.8.4.3): certificates, OCSP answers and CRLs beside the signatures. */
import { createHash } from '../crypto/index.ts';
import { deflateSync } from 'node:zlib';
import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { dict, intOf, isDict, isRef, isStream, name, stream, withEntries } from './cos.ts';
import { updateCatalog } from './form.ts';
import { IncrementalWriter } from './incremental.ts';
import { damaged } from './limits.ts';
import type { PdfDocument } from './reader.ts';

const KINDS = ['Certs', 'OCSPs', 'CRLs'] as const;
type Kind = (typeof KINDS)[number];
/** What a VRI dictionary calls them (Table 262). */
const VRI_KEYS = { Certs: 'Cert', OCSPs: 'OCSP', CRLs: 'CRL' } as const;

/** DER values by kind. */
export type StoredValues = Readonly<Record<Kind, readonly Uint8Array[]>>;

/** What proves one signature. */
export interface SignatureProof extends StoredValues {
  /** The bytes of its /Contents, padding included. */
  readonly contents: Uint8Array;
}

const MAX_VALUES = 4096;

/** Everything in the store of this revision; empty without one. A value that cannot be read is passed over. */
export function readStore(document: PdfDocument): StoredValues {
  const entries = storedStreams(document);
  const values = (kind: Kind): Uint8Array[] => entries[kind].map(({ bytes }) => bytes);
  return { Certs: values('Certs'), OCSPs: values('OCSPs'), CRLs: values('CRLs') };
}

interface StoredStream {
  readonly ref: CosRef;
  readonly bytes: Uint8Array;
}

function storedStreams(document: PdfDocument): Readonly<Record<Kind, readonly StoredStream[]>> {
  const store = document.dict(document.catalog.get('DSS'));
  const read = (kind: Kind): StoredStream[] =>
    (document.array(store?.get(kind)) ?? []).slice(0, MAX_VALUES).flatMap((item) => {
      const bytes = isRef(item) ? streamBytes(document, item) : null;
      return bytes && isRef(item) ? [{ ref: item, bytes }] : [];
    });
  return { Certs: read('Certs'), OCSPs: read('OCSPs'), CRLs: read('CRLs') };
}

function streamBytes(document: PdfDocument, ref: CosRef): Uint8Array | null {
  try {
    const object = document.get(ref);
    return isStream(object) ? document.decode(object) : null;
  } catch (error) {
    if (error instanceof DeskError && error.code === 'pdf.damaged') return null;
    throw error;
  }
}

/** Table 261: a signature's key in /VRI is the SHA-1 of its /Contents as stored, zero padding and all. */
export const vriKey = (contents: Uint8Array): string =>
  createHash('sha1').update(contents).digest('hex').toUpperCase();

/**
 * The update that adds these proofs to the store, merged with what is there: a value already stored is referred to
 * again, nothing is taken out. Null when nothing is new. Allowed whatever DocMDP says (12.8.2.2, Table 257).
 * @throws pdf.damaged for a file that no update may be added to
 */
export function storeUpdate(document: PdfDocument, proofs: readonly SignatureProof[]): Uint8Array | null {
  if (document.damage) throw damaged(document.damage);
  const writer = new IncrementalWriter(document);
  const old = document.dict(document.catalog.get('DSS')) ?? new Map<string, CosObject>();
  const known = storedStreams(document);
  const store = new Map<string, CosObject>([...old, ['Type', name('DSS')]]);
  const refs = { Certs: new Map<string, CosRef>(), OCSPs: new Map(), CRLs: new Map() } as Record<
    Kind,
    Map<string, CosRef>
  >;
  let isNew = false;
  for (const kind of KINDS) {
    for (const { ref, bytes } of known[kind]) refs[kind].set(digest(bytes), ref);
    const added: CosRef[] = [];
    for (const bytes of proofs.flatMap((proof) => proof[kind])) {
      if (refs[kind].has(digest(bytes))) continue;
      const ref = writer.add(compressed(bytes));
      refs[kind].set(digest(bytes), ref);
      added.push(ref);
    }
    if (added.length > 0) store.set(kind, [...(document.array(old.get(kind)) ?? []), ...added]);
    isNew ||= added.length > 0;
  }
  const related = relate(document, old, proofs, (kind, bytes) => refs[kind].get(digest(bytes))!);
  if (!isNew && !related.isNew) return null;
  store.set('VRI', related.vri);
  const held = document.catalog.get('DSS');
  const target = isRef(held) ? held : writer.reserve();
  writer.set(target, store);
  updateCatalog(writer, { DSS: target, Extensions: extensions(document) });
  return writer.finish().bytes;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const compressed = (bytes: Uint8Array): CosObject =>
  stream(dict({ Filter: name('FlateDecode') }), () => deflateSync(bytes));

/** /VRI with, for each signature, references to what proves it. */
function relate(
  document: PdfDocument,
  store: CosDict,
  proofs: readonly SignatureProof[],
  refOf: (kind: Kind, bytes: Uint8Array) => CosRef,
): { vri: CosDict; isNew: boolean } {
  const vri = new Map(document.dict(store.get('VRI')) ?? []);
  let isNew = false;
  for (const proof of proofs) {
    const key = vriKey(proof.contents);
    const entry = new Map(document.dict(vri.get(key)) ?? [['Type', name('VRI')]]);
    for (const kind of KINDS) {
      const listed = document.array(entry.get(VRI_KEYS[kind])) ?? [];
      const has = ({ num }: CosRef): boolean => listed.some((item) => isRef(item) && item.num === num);
      const missing = proof[kind].map((bytes) => refOf(kind, bytes)).filter((ref) => !has(ref));
      if (missing.length === 0) continue;
      entry.set(VRI_KEYS[kind], [...listed, ...new Set(missing)]);
      isNew = true;
    }
    vri.set(key, entry);
  }
  return { vri, isNew };
}

/** ETSI TS 102 778-4, 4.4: the store is extension level 5 of ESIC to PDF 1.7. */
function extensions(document: PdfDocument): CosDict {
  const old = document.dict(document.catalog.get('Extensions')) ?? new Map<string, CosObject>();
  const present = document.dict(old.get('ESIC'));
  const level = isDict(present) ? (intOf(document.get(present.get('ExtensionLevel'))) ?? 0) : 0;
  if (level >= 5) return old;
  return withEntries(old, { ESIC: dict({ BaseVersion: name('1.7'), ExtensionLevel: 5 }) });
}
