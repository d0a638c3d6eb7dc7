/** Verification of a PDF: every signature, what came after each, and one verdict for the file. */
import { DeskError } from '../../shared/errors/index.ts';
import type {
  Change,
  Finding,
  SignatureReport,
  Verdict,
  Verification,
} from '../../shared/domain/verification.ts';
import { worstLight } from '../../shared/domain/verification.ts';
import { isRef } from '../pdf/cos.ts';
import { listFields, signatureOf } from '../pdf/form.ts';
import type { FormField } from '../pdf/form.ts';
import { requireWholeChain } from '../pdf/whole-chain.ts';
import { openPdf } from '../pdf/reader.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import type { ByteSource } from '../pdf/source.ts';
import { rangeHashes } from './byte-range.ts';
import { changesSince, versionAt } from './changes/index.ts';
import type { FoundChange } from './changes/index.ts';
import { judged } from './changes/rules.ts';
import { gatherEvidence, storedCertificates } from './evidence.ts';
import type { GivenEvidence } from './evidence.ts';
import { judge } from './judge.ts';
import type { Failure, JudgeContext } from './judge.ts';
import { isNoted, LIGHT_OF } from './policy.ts';
import { revisionsOf } from '../pdf/revisions.ts';
import type { Revision } from '../pdf/revisions.ts';
import { signatureFacts } from './signature-facts.ts';
import type { SignatureFacts } from './signature-facts.ts';
import { existenceProofs } from './signing-time.ts';
import type { TrustAnchor } from '../x509/trust.ts';
import type { Certificate } from '../x509/certificate.ts';

export interface VerifyOptions extends GivenEvidence {
  readonly password?: string;
  readonly anchors?: readonly TrustAnchor[];
  /** UTC milliseconds taken as now. */
  readonly at?: number;
  /** False: only the bytes are judged, nobody is trusted or doubted. */
  readonly checkChain?: boolean;
  /** Hears every certificate at hand. */
  readonly onCertificates?: (found: readonly Certificate[]) => void;
  /** False: revocation is no part of the question (a command line without lists). Default true. */
  readonly checkRevocation?: boolean;
  /** Why the services named in the certificates did not tell all that was asked. */
  readonly revocationFailure?: Failure | null;
}

/** Judges a file on disk, read by range. File system errors pass through; everything else becomes a verdict. */
export async function verifyFile(path: string, options: VerifyOptions = {}): Promise<Verification> {
  const source = openFileSource(path);
  try {
    return await verifySource(source, options);
  } finally {
    source.close();
  }
}

export async function verifySource(source: ByteSource, options: VerifyOptions = {}): Promise<Verification> {
  try {
    const document = openPdf(source, options.password === undefined ? {} : { password: options.password });
    return await verifyDocument(document, options);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return withoutSignatures('unreadable', {
      code: 'document.unreadable',
      params: { ...error.params, code: error.code },
    });
  }
}

const withoutSignatures = (verdict: Verdict, reason: Finding): Verification => ({
  verdict,
  signatures: [],
  changes: [],
  reasons: [reason],
});

async function verifyDocument(document: PdfDocument, options: VerifyOptions): Promise<Verification> {
  requireWholeChain(document);
  const fields = signedFields(document);
  const revisions = revisionsOf(document);
  if (fields.length === 0) return unsigned(document, revisions, options.password);
  const stored = storedCertificates(document);
  const hashes = rangeHashes(document.source);
  const all = fields.map((field) => signatureFacts(document, field, revisions, stored, hashes));
  const known = {
    ...gatherEvidence(document, all, options),
    anchors: options.anchors ?? [],
    now: options.at ?? Date.now(),
  };
  options.onCertificates?.(known.pool);
  const checkChain = options.checkChain ?? true;
  const context: JudgeContext = {
    ...known,
    namesTwice: twice(fields.map(({ name }) => name)),
    checkChain,
    checkRevocation: options.checkRevocation ?? true,
    revocationFailure: options.revocationFailure ?? null,
    proofs: checkChain ? existenceProofs(all, known) : [],
  };
  const found = await laterChanges(document, revisions, all, options.password);
  const restrictions = all.flatMap(({ revision, permission, locks }) =>
    revision ? [{ revision: revision.number, level: permission, locks }] : [],
  );
  const changes = judged(found, restrictions);
  // The newest first: what it covers, it vouches for.
  const signatures: SignatureReport[] = [];
  let vouchedUpTo = 0;
  for (const facts of all.toSorted((a, b) => (b.range?.end ?? Infinity) - (a.range?.end ?? Infinity))) {
    const one = report(facts, changes, vouchedUpTo, document, revisions.length, context);
    signatures.unshift(one);
    if (facts.kind === 'signature' && isTrusted(one, checkChain))
      vouchedUpTo = Math.max(vouchedUpTo, facts.revision?.number ?? 0);
  }
  if (all.some(({ kind }) => kind === 'signature')) return conclude(signatures, changes, checkChain);
  // Timestamps alone: somebody vouches for a time, nobody for the document.
  return { ...unsigned(document, revisions, options.password), signatures, changes };
}

function twice(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

/** Fields that hold a signature. One that two fields hold is one signature. */
function signedFields(document: PdfDocument): FormField[] {
  const held = new Set<number>();
  return listFields(document).filter(({ type, value, dict }) => {
    if (type !== 'Sig' || value === null) return false;
    const holder = dict.get('V');
    if (!isRef(holder)) return true;
    const isFirst = !held.has(holder.num);
    held.add(holder.num);
    return isFirst;
  });
}

/** Nothing is open about it; where nobody is trusted or doubted, about its bytes. */
const isTrusted = ({ lights }: SignatureReport, checkChain: boolean): boolean =>
  ['good', 'caution'].includes(checkChain ? worstLight(Object.values(lights)) : lights.integrity);

/** Nothing is signed now; an update that took a signature out is a forgery, not an unsigned file. */
function unsigned(
  document: PdfDocument,
  revisions: readonly Revision[],
  password: string | undefined,
): Verification {
  for (const revision of revisions.slice(0, -1).toReversed()) {
    const version = versionAt(document, revision, revisions, password);
    const removed = version && listFields(version).find((field) => signatureOf(field));
    if (removed)
      return withoutSignatures('invalid', {
        code: 'document.signature-removed',
        params: { field: removed.name },
      });
  }
  return withoutSignatures('unsigned', { code: 'document.unsigned', params: {} });
}

/** Everything after the first signature that closes a revision; each signature then takes what is behind its own. */
async function laterChanges(
  document: PdfDocument,
  revisions: readonly Revision[],
  all: readonly SignatureFacts[],
  password: string | undefined,
): Promise<FoundChange[]> {
  const [first] = all.flatMap(({ revision }) => revision ?? []).toSorted((a, b) => a.number - b.number);
  return first ? changesSince(document, revisions, first, password) : [];
}

function report(
  facts: SignatureFacts,
  all: readonly Change[],
  vouchedUpTo: number,
  document: PdfDocument,
  revisions: number,
  context: JudgeContext,
): SignatureReport {
  const number = facts.revision?.number ?? null;
  const changes = number === null ? [] : all.filter(({ revision }) => revision > number);
  return {
    field: facts.field,
    kind: facts.kind,
    subFilter: facts.subFilter,
    claimedAt: facts.claimedAt,
    claimedBy: facts.claimedBy,
    coverage: { revision: number, revisions, wholeFile: facts.range?.end === document.source.size },
    certification: facts.certification,
    algorithm: {
      digest: facts.cms?.digest ?? '',
      signature: facts.cms?.scheme ?? '',
      keyBits: facts.cms?.keyBits ?? 0,
    },
    ...judge(facts, changes, vouchedUpTo, context),
    changes,
  };
}

/** The file's verdict is that of its worst signature. Timestamps prove a time; whom nobody knows proves none. */
function conclude(
  signatures: readonly SignatureReport[],
  changes: readonly Change[],
  checkChain: boolean,
): Verification {
  const counted = signatures.map(({ kind, lights, findings }) => {
    const isIntegrityOnly = !checkChain || kind === 'timestamp';
    return {
      light: isIntegrityOnly ? lights.integrity : worstLight(Object.values(lights)),
      findings: findings.filter(({ aspect }) => !isIntegrityOnly || aspect === 'integrity'),
    };
  });
  const light = worstLight(counted.map((one) => one.light));
  const reasons = counted.flatMap(({ findings }) =>
    findings.filter(({ code }) => light !== 'good' && LIGHT_OF[code] === light),
  );
  return {
    verdict:
      light === 'bad'
        ? 'invalid'
        : light === 'unknown'
          ? 'indeterminate'
          : changes.some(isNoted)
            ? 'valid-with-changes'
            : 'valid',
    signatures: [...signatures],
    changes: [...changes],
    reasons: distinct(reasons.map(({ code, params }) => ({ code, params }))),
  };
}

const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];
