/** Why a token does not work, asked step by step; each answer is a code with a sentence. */
import { win32 } from 'node:path';
import type { DiagnosisStep, ModuleDiagnosis, TokenCertificate } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors/index.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { requireUsable, signerCertificates } from './certificates.ts';
import { ModuleClient } from './client.ts';
import type { ModuleClientOptions } from './client.ts';
import { checkExports, checkMachine, readModuleFile } from './module-file.ts';
import type { Learned } from './driver.ts';
import { addressOf, pkcs11Ids } from './pkcs11-driver.ts';
import type { Result, SlotToken } from './protocol.ts';

type Step = DiagnosisStep['step'];

/** A step at which all is well. @param code its sentence, that of the step unless another says more */
export const good = (
  step: Step,
  params: ErrorParams = {},
  code: `diagnosis.${string}` = `diagnosis.${step}`,
): DiagnosisStep => ({ step, outcome: 'good', code, params: { ...params } });

/** A step that does not keep the token from working, but should be looked at. */
export const caution = (step: Step, code: ErrorCode, params: ErrorParams = {}): DiagnosisStep => ({
  step,
  outcome: 'caution',
  code,
  params: { ...params },
});

const bad = (step: Step, code: ErrorCode, params: ErrorParams = {}): DiagnosisStep => ({
  step,
  outcome: 'bad',
  code,
  params: { ...params },
});

/** What the office knows about a certificate that can sign: issuer, holder, how long it lasts. */
export type JudgeCertificate = (
  certificate: TokenCertificate,
  der: Uint8Array,
  others: readonly Uint8Array[],
) => DiagnosisStep[];

/**
 * Loads an accepted module in a host of its own, stops at the first step later ones depend on, and asks for no PIN.
 * One that nobody has accepted is read, never loaded.
 */
export async function diagnoseModule(
  options: ModuleClientOptions,
  judge: JudgeCertificate,
  learned: Learned,
): Promise<ModuleDiagnosis> {
  const { path, expectedSha256 } = options;
  const client = new ModuleClient(options);
  const steps: DiagnosisStep[] = [];
  let sha256 = '';
  let step: Step = 'file';
  try {
    const file = await readModuleFile(path);
    sha256 = file.sha256;
    steps.push(good(step));
    step = 'machine';
    checkMachine(path, file);
    steps.push(good(step));
    step = 'exports';
    checkExports(path, file);
    steps.push(good(step));
    step = 'accepted';
    const module = win32.basename(path);
    if (expectedSha256 === undefined) {
      steps.push(caution(step, 'token.module-not-accepted', { module }));
      return { path, sha256, steps };
    }
    if (sha256 !== expectedSha256) throw new DeskError('token.module-changed', { module });
    steps.push(good(step));
    step = 'loadable';
    const found = await client.call('list', {});
    steps.push(good(step), ...slotSteps(found));
    const ids = pkcs11Ids(path, found.tokens);
    for (const [n, token] of found.tokens.entries()) {
      step = 'token';
      steps.push(good(step, { label: token.label }));
      step = 'certificate';
      steps.push(...(await certificateSteps(client, token, learned(ids[n]!), judge)), pinStep(token));
    }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    steps.push(bad(step, error.code, error.params));
  } finally {
    await client.stop();
  }
  return { path, sha256, steps };
}

function slotSteps({ tokens, readers, uninitialised }: Result<'list'>): DiagnosisStep[] {
  if (readers === 0) return [bad('slots', 'token.no-reader')];
  // SoftHSM always shows one more device that was never initialised.
  const count = tokens.length || uninitialised;
  if (count === 0) return [caution('slots', 'token.no-slot')];
  const slots = good('slots', { count });
  return tokens.length === 0 ? [slots, bad('token', 'token.not-initialised')] : [slots];
}

/** A token that was once read with its PIN is not asked without: it may hang. */
async function certificateSteps(
  client: ModuleClient,
  token: SlotToken,
  learned: readonly Uint8Array[],
  judge: JudgeCertificate,
): Promise<DiagnosisStep[]> {
  if (learned.length > 0) return judgeAll(learned, Date.now(), judge);
  try {
    const { certificates } = await client.call('certificates', { token: addressOf(token) });
    return judgeAll(certificates, Date.now(), judge);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'token.module-hung') throw error;
    return [caution('certificate', 'token.hangs-before-login', error.params)];
  }
}

/** Certificates nobody can sign with matter only where there is no other. */
function judgeAll(
  certificates: readonly Uint8Array[],
  now: number,
  judge: JudgeCertificate,
): DiagnosisStep[] {
  const looks = certificates.flatMap((der) => {
    const others = certificates.filter((other) => other !== der);
    return signerCertificates([der], now).map((signer) => lookAt(signer, der, others, now, judge));
  });
  if (looks.length === 0) return [caution('certificate', 'token.no-certificate')];
  const usable = looks.filter((steps) => steps[0]?.outcome === 'good');
  return (usable.length > 0 ? usable : looks).flat();
}

function lookAt(
  certificate: TokenCertificate,
  der: Uint8Array,
  others: readonly Uint8Array[],
  now: number,
  judge: JudgeCertificate,
): DiagnosisStep[] {
  try {
    requireUsable(certificate, now);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return [bad('certificate', error.code, error.params)];
  }
  const { subjectName: name, notAfter } = certificate;
  return [
    good('certificate', { name, day: showDay(localDay(notAfter)) }),
    ...judge(certificate, der, others),
  ];
}

function pinStep({ pin }: SlotToken): DiagnosisStep {
  if (pin.locked) return bad('pin', 'token.pin-locked');
  if (pin.finalTry) return caution('pin', 'token.final-try');
  if (pin.countLow) return caution('pin', 'token.pin-count-low');
  return pin.protectedPath ? good('pin', {}, 'diagnosis.pin-pad') : good('pin');
}
