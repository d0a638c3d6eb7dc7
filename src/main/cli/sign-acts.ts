/** The acts of the command line: what they show and where is planned by `paper/`, as on the desk. */
import { DeskError } from '../../shared/errors/index.ts';
import type { Place } from '../paper/act.ts';
import { marks } from '../paper/marks.ts';
import type { SignerText } from '../paper/placement.ts';
import { openPdf } from '../pdf/reader.ts';
import type { FileSource } from '../pdf/source.ts';
import { openText } from '../pdf/text.ts';
import { planAct } from '../paper/plan-act.ts';
import type { ActContexts, CopyForm } from '../paper/plan-act.ts';
import type { SigningRequest } from '../signature/sign.ts';
import { UsageError } from './arguments.ts';
import type { Options } from './arguments.ts';
import { readPassword } from './secrets.ts';

export const ROLES = ['personal', 'agency', 'appendix', 'copy', 'incoming', 'comment'] as const;
export type Role = (typeof ROLES)[number];

interface Wanted {
  readonly time: Date;
  /** PNG of the handwriting or of the seal. */
  readonly image: Uint8Array | undefined;
  /** Where the person wants it; undefined: where the rule puts it. */
  readonly place: Place | undefined;
}

/** @throws signature.place-not-found when a person has to say where; what `planAct` throws */
export async function actRequest(
  role: Role,
  source: FileSource,
  { time, image, place }: Wanted,
  options: Options,
): Promise<SigningRequest> {
  const opening = readPassword(options);
  const text = await openText(source, opening);
  try {
    const pdf = { document: openPdf(source, opening), text };
    const where = { time, ...(place && { place }) };
    const [planned] = await {
      personal: () => planAct('approve', pdf, { ...where, signer: signer(options), image }),
      agency: () => planAct('issue', pdf, { ...where, ...issue(options), seal: image }),
      appendix: () => planAct('appendix', pdf, { ...where, code: options.text('number') ?? '' }),
      copy: () => planAct('copy', pdf, { ...where, ...copy(options) }),
      incoming: () => planAct('incoming', pdf, { ...where, ...incoming(options) }),
      comment: () => planAct('comment', pdf, { ...where, ...comment(options) }),
    }[role]();
    if (!planned || planned.found === 'manual') throw new DeskError('signature.place-not-found');
    return planned.request;
  } finally {
    await text.close();
  }
}

const signer = (options: Options): SignerText => ({
  title: options.text('title') ?? '',
  fullName: options.text('name') ?? '',
});

/** The seal alone: number and date are signatures of their own, and a command makes one. */
function issue(options: Options): Pick<ActContexts['issue'], 'signer' | 'sealMm' | 'imageAspect'> {
  const { usualSealMm, usualAspect } = marks.signatureBlock;
  const sealMm = Number(options.text('seal-mm') ?? usualSealMm);
  if (!(sealMm >= 10 && sealMm <= 60)) throw new UsageError('--seal-mm is no diameter of a seal');
  return { signer: signer(options), sealMm, imageAspect: usualAspect };
}

function copy(options: Options): Pick<ActContexts['copy'], 'form' | 'agency' | 'converter'> {
  const wanted = options.required('form');
  const form = (Object.keys(marks.acts.copy.forms) as CopyForm[]).find((one) => one === wanted);
  if (!form) throw new UsageError(`no form of copy ${wanted}`);
  const converter = options.text('converter');
  return { form, agency: options.required('agency'), ...(converter !== undefined && { converter }) };
}

function incoming(options: Options): Omit<ActContexts['incoming'], 'time'> {
  const date = options.required('date');
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new UsageError('--date is no day');
  const [forwardTo, fileCode] = [options.text('forward-to'), options.text('file-code')];
  return {
    agency: options.required('agency'),
    number: options.required('number'),
    date,
    ...(forwardTo !== undefined && { forwardTo }),
    ...(fileCode !== undefined && { fileCode }),
  };
}

const comment = (options: Options): Omit<ActContexts['comment'], 'time'> => ({
  author: options.required('name'),
  title: options.required('title'),
  text: options.required('text'),
});
