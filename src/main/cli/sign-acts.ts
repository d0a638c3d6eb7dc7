/** The acts besides a plain signature: what they show and where is planned by `paper/`. */
import { DeskError } from '../../shared/errors/index.ts';
import { marks } from '../paper/marks.ts';
import { openPdf } from '../pdf/reader.ts';
import type { FileSource } from '../pdf/source.ts';
import { openText } from '../pdf/text.ts';
import { planAct } from '../paper/plan-act.ts';
import type { ActContexts, CopyForm } from '../paper/plan-act.ts';
import type { SigningRequest } from '../signature/sign.ts';
import { UsageError } from './arguments.ts';
import type { Options } from './arguments.ts';
import { readPassword } from './secrets.ts';

export const ACT_ROLES = ['copy', 'incoming', 'comment'] as const;
type ActRole = (typeof ACT_ROLES)[number];

/** @throws signature.place-not-found when a person has to say where; what `planAct` throws */
export async function actRequest(
  role: ActRole,
  source: FileSource,
  place: ActContexts['copy']['place'],
  time: Date,
  options: Options,
): Promise<SigningRequest> {
  const opening = readPassword(options);
  const text = await openText(source, opening);
  try {
    const pdf = { document: openPdf(source, opening), text };
    const where = { time, ...(place && { place }) };
    const [planned] = await {
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
