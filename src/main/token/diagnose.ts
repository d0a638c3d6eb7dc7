/** Why a token does not work, asked step by step; each answer is a code with a sentence. */
import type { DiagnosisStep, ModuleDiagnosis } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors/index.ts';
import { signerCertificates } from './certificates.ts';
import { ModuleClient } from './client.ts';
import type { ModuleClientOptions } from './client.ts';
import { checkExports, checkMachine, readModuleFile } from './module-file.ts';
import type { Result, SlotToken } from './protocol.ts';

type Step = DiagnosisStep['step'];

const good = (step: Step, params: ErrorParams = {}): DiagnosisStep => ({
  step,
  outcome: 'good',
  code: `diagnosis.${step}`,
  params,
});
const caution = (step: Step, code: ErrorCode): DiagnosisStep => ({
  step,
  outcome: 'caution',
  code,
  params: {},
});
const bad = (step: Step, code: ErrorCode, params: ErrorParams = {}): DiagnosisStep => ({
  step,
  outcome: 'bad',
  code,
  params,
});

/** Loads the module in a host of its own, stops at the first step later ones depend on, and asks for no PIN. */
export async function diagnoseModule(options: ModuleClientOptions): Promise<ModuleDiagnosis> {
  const { path } = options;
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
    step = 'loadable';
    const found = await client.call('list', { refresh: false });
    steps.push(good(step), ...slotSteps(found, Date.now()));
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    steps.push(bad(step, error.code, error.params));
  } finally {
    await client.stop();
  }
  return { path, sha256, steps };
}

function slotSteps({ tokens, uninitialised }: Result<'list'>, now: number): DiagnosisStep[] {
  // SoftHSM always shows one more device that was never initialised.
  const count = tokens.length || uninitialised;
  if (count === 0) return [caution('slots', 'token.no-slot')];
  const slots = good('slots', { count });
  if (tokens.length === 0) return [slots, bad('token', 'token.not-initialised')];
  return [slots, ...tokens.flatMap((token) => tokenSteps(token, now))];
}

function tokenSteps(token: SlotToken, now: number): DiagnosisStep[] {
  return [good('token', { label: token.label }), certificateStep(token, now), pinStep(token)];
}

function certificateStep({ certificates }: SlotToken, now: number): DiagnosisStep {
  const signers = signerCertificates(certificates, now).filter(({ canSign }) => canSign);
  if (signers.length === 0) return caution('certificates', 'token.no-certificate');
  const inForce = signers.filter(({ expired }) => !expired);
  if (inForce.length === 0) return bad('certificates', 'token.only-expired');
  return good('certificates', { count: inForce.length, name: inForce[0]!.subjectName });
}

function pinStep({ pin }: SlotToken): DiagnosisStep {
  if (pin.locked) return bad('pin', 'token.pin-locked');
  if (pin.finalTry) return caution('pin', 'token.final-try');
  if (pin.countLow) return caution('pin', 'token.pin-count-low');
  return good('pin');
}
