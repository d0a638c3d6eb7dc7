import { DeskError } from '../../../shared/errors/index.ts';
import { describeFields } from '../../paper/fields.ts';
import { planAct, type ActDocument, type PlannedSignature } from '../../paper/plan-act.ts';
import type { Records } from '../../store/index.ts';
import { withPdf } from '../common/pages.ts';
import type { SigningJobs } from './signing-jobs.ts';
import { movedBox } from './signing-plan.ts';

/** In a thread: plans an act on a file by reading it and drawing. */
export async function planOnFile(
  store: Records,
  { file, act, box, unsigned, password }: SigningJobs['plan-act']['argument'],
): Promise<PlannedSignature> {
  const { kind, context } = act;
  const plan = async (pdf: ActDocument) => {
    if (unsigned) requireUnsigned(pdf);
    const rule = only(await planAct(kind, pdf, context));
    const wanted = movedBox(rule, box);
    if (!wanted) return rule;
    // A mark has the size of what it says; it can only be moved.
    const place = { page: wanted.page - 1, box: { ...rule.box, x: wanted.x, y: wanted.y } };
    return only(await planAct(kind, pdf, { ...context, place }));
  };
  return withPdf(store, file, plan, password === undefined ? {} : { password });
}

function only([first, ...rest]: readonly PlannedSignature[]): PlannedSignature {
  if (!first || rest.length > 0) throw new Error('these acts are one signature each');
  return first;
}

/** A file with a digital signature is itself the original; there is no electronic copy of one (Điều 25.1). */
function requireUnsigned({ document }: ActDocument): void {
  if (describeFields(document).some(({ signed }) => signed)) throw new DeskError('documents.copy-of-signed');
}
