import type { Person } from '../../shared/domain/people.ts';
import type { Grant } from '../../shared/domain/permissions.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { CallName, ParsedArgument, Result } from '../../shared/ipc/index.ts';
import type { HostLog } from '../host/desk-port.ts';
import { detectModules } from '../token/detect.ts';
import { allowSending } from './outgoing/alarm.ts';
import type { AxisLine } from './exchange/axis-line.ts';
import * as draft from './outgoing/draft.ts';
import { exportEvidence } from './verification/export-evidence.ts';
import * as exchange from './exchange/exchange-view.ts';
import * as fileActs from './signing/file-acts.ts';
import { requireFiles, requireVisible } from './common/file-access.ts';
import { diagnose } from './signing/diagnosis.ts';
import { examineFile, takeCopy } from './verification/examine-file.ts';
import { historyOf } from './history/history.ts';
import * as incomingView from './incoming/incoming-view.ts';
import * as incoming from './incoming/incoming.ts';
import { checkIntegrity } from './integrity/integrity.ts';
import { issue } from './outgoing/issue.ts';
import { learnCertificates } from './signing/learn-certificates.ts';
import { number } from './outgoing/number.ts';
import * as outgoingView from './outgoing/outgoing-view.ts';
import { placements } from './signing/placements.ts';
import { printReport } from './verification/print-report.ts';
import { keptEvidenceOf } from './verification/kept-evidence.ts';
import type { WorkingOffice } from './open-office.ts';
import type { Reader } from './reader/reader.ts';
import type { ProofKeeper } from './proofs/proofs.ts';
import * as registers from './registers/registers.ts';
import * as settings from './settings/settings.ts';
import { signBatch } from './signing/sign-batch.ts';
import { sign } from './signing/sign.ts';
import { approveFormat, submit } from './outgoing/submit.ts';
import type { Tasks } from './common/tasks.ts';
import type { TokenKeeper } from './signing/token-keeper.ts';
import { passwordOf, unlockFile } from './verification/unlock.ts';

/** Everything behind the desk that an act may need. */
export interface Room {
  readonly store: WorkingOffice;
  readonly keeper: TokenKeeper;
  readonly axis: AxisLine;
  readonly reader: Reader;
  readonly proofs: ProofKeeper;
  readonly tasks: Tasks;
  readonly log: HostLog;
}

/** One admitted call. */
export interface Asked<N extends CallName> {
  readonly argument: ParsedArgument<N>;
  /** Null only while an office without people is being set up, and for calls that anyone may make. */
  readonly person: Person | null;
  readonly grant: Grant;
  /** Media types, by hash, of the files this window has added. */
  readonly added: Map<string, string>;
}

type Answer<N extends CallName> = (room: Room, asked: Asked<N>) => Result<N> | Promise<Result<N>>;
/** Calls about the window itself, which the desk answers: who sits there and what it shows. */
export type WindowCall = 'session.state' | 'session.sit';

function seated(person: Person | null): Person {
  if (!person) throw new DeskError('documents.nobody-sits');
  return person;
}

/** An act without a result. */
function act<N extends CallName>(
  work: (store: WorkingOffice, person: Person, argument: ParsedArgument<N>) => void | Promise<void>,
): (room: Room, asked: Asked<N>) => Promise<Record<string, never>> {
  return async ({ store }, { argument, person }) => {
    await work(store, seated(person), argument);
    return {};
  };
}

/** Every call of the contract with the function that answers it. */
export const answers: { readonly [N in Exclude<CallName, WindowCall>]: Answer<N> } = {
  'incoming.list': ({ store }, { argument, person, grant }) =>
    incomingView.list(store, seated(person), argument, grant),
  'incoming.get': ({ store }, { argument, person }) => incomingView.get(store, seated(person), argument),
  'incoming.register': ({ store }, { argument, person }) =>
    incoming.register(store, seated(person), argument),
  'incoming.refuse': act(incoming.refuse),
  'incoming.direct': act(incoming.direct),
  'incoming.start': act(incoming.start),
  'incoming.close': act(incoming.close),

  'outgoing.list': ({ store }, { argument, person, grant }) =>
    outgoingView.list(store, seated(person), argument, grant),
  'outgoing.get': ({ store, proofs }, { argument, person }) =>
    outgoingView.get(store, seated(person), argument, proofs.pendingOf(argument.id)),
  'file.look': ({ store }, { argument, person, added }) => {
    requireFiles(store, seated(person), [argument], added);
    return examineFile(store, argument, added);
  },
  'file.take-copy': ({ store }, { argument, person, added }) => {
    requireFiles(store, seated(person), [argument], added);
    return takeCopy(store, seated(person), argument, added);
  },
  'outgoing.create': ({ store }, { argument, person, added }) => {
    requireFiles(store, seated(person), draft.filesOf(argument), added);
    return draft.create(store, seated(person), argument);
  },
  'outgoing.update': ({ store }, { argument, person, added }) => {
    requireFiles(store, seated(person), draft.filesOf(argument), added);
    draft.change(store, seated(person), argument);
    return {};
  },
  'outgoing.submit': act(submit),
  'outgoing.approve-format': act(approveFormat),
  'outgoing.return': act(draft.giveBack),
  'outgoing.number': ({ store }, { argument, person }) => number(store, seated(person), argument),
  'outgoing.issue': act(issue),
  'outgoing.allow-sending': ({ store, axis }, { argument, person }) => {
    allowSending(store, seated(person), argument);
    axis.wake();
    return {};
  },
  'outgoing.cancel': act(draft.cancel),

  'signing.tokens': async ({ keeper }, { argument }) => {
    const tokens = await keeper.list(argument.includeExpired);
    const problems = keeper.tokens().problems();
    return {
      tokens,
      problems: problems.map(({ path, code, params }) => ({ path, code, params: { ...params } })),
    };
  },
  'signing.learn': async ({ store, keeper }, { argument, person }) => {
    await learnCertificates(store, keeper, seated(person), argument);
    return {};
  },
  'signing.placements': ({ store }, { argument }) => placements(store, argument),
  'signing.sign': ({ store, keeper, tasks }, { argument, person }) =>
    tasks.run(argument.taskId, (task) => sign(store, keeper, seated(person), argument, task)),
  'signing.sign-batch': ({ store, keeper, tasks }, { argument, person }) =>
    tasks.run(argument.taskId, (task) => signBatch(store, keeper, seated(person), argument, task)),
  'file-act.plan': ({ store }, { argument, person, added }) => {
    requireFiles(store, seated(person), fileActs.filesOfActs([argument.act]), added);
    return fileActs.planFileAct(store, seated(person), argument);
  },
  'file-act.sign': ({ store, keeper, tasks }, { argument, person, added }) => {
    const acts = argument.items.map(({ act }) => act);
    requireFiles(store, seated(person), fileActs.filesOfActs(acts), added);
    return tasks.run(argument.taskId, (task) =>
      fileActs.signFileActs(store, keeper, seated(person), argument, task),
    );
  },
  'file-act.list': ({ store }, { argument, person }) =>
    fileActs.listSignedFiles(store, seated(person), argument),
  'verification.of': ({ store }, { argument: { sha256 }, person }) => {
    requireVisible(store, seated(person), sha256);
    return store.verification.of(sha256);
  },
  'verification.stop': ({ store }, { argument: { sha256 }, person }) => {
    requireVisible(store, seated(person), sha256);
    store.verification.stop(sha256);
    return {};
  },
  'verification.again': ({ store }, { argument: { sha256 }, person }) => {
    requireVisible(store, seated(person), sha256);
    store.verification.allow(sha256);
    return {};
  },
  'verification.evidence': ({ store }, { argument: { sha256 }, person }) => {
    requireVisible(store, seated(person), sha256);
    return keptEvidenceOf(store, sha256);
  },
  'verification.export-evidence': ({ store }, { argument: { sha256 }, person, added }) => {
    requireVisible(store, seated(person), sha256);
    return exportEvidence(store, sha256, added);
  },
  'verification.report': ({ store, tasks }, { argument: { sha256, taskId }, person }) => {
    requireVisible(store, seated(person), sha256);
    return tasks.run(taskId, (task) => printReport(store, seated(person), sha256, task));
  },
  'file.unlock': async ({ store, proofs, reader }, { argument, person, added }) => {
    requireFiles(store, seated(person), [argument], added);
    await unlockFile(store, argument, (file) => reader.read(file));
    proofs.tryNow();
    return {};
  },
  'file.password': ({ store }, { argument, person, added }) => {
    requireFiles(store, seated(person), [argument], added);
    return passwordOf(store, argument.sha256);
  },
  'task.cancel': ({ tasks }, { argument }) => {
    tasks.cancel(argument.taskId);
    return {};
  },

  'exchange.state': ({ axis }) => axis.state(),
  'exchange.sync': ({ axis }) => axis.sync(),
  'exchange.deliveries': ({ store }, { argument }) => exchange.deliveries(store, argument),
  'exchange.retry': act(exchange.retry),
  'exchange.quarantine': ({ store }) => exchange.quarantine(store),
  'exchange.reread': async ({ store, axis }, { argument: { axisDocId } }) => {
    await axis.reread(axisDocId, exchange.quarantinedKind(store, axisDocId));
    return {};
  },
  'agencies.find': ({ store }, { argument: { text, limit } }) => ({
    rows: store.cache.findAgencies(text, limit),
  }),

  'today.tiles': ({ store }, { person }) => registers.tiles(store, seated(person)),
  'register.book': ({ store }, { argument }) => registers.book(store, argument),
  'search.find': ({ store }, { argument, person }) => registers.search(store, seated(person), argument),
  'history.of': ({ store }, { argument }) => historyOf(store, argument),
  'integrity.check': ({ store, tasks }, { argument, person }) =>
    tasks.run(argument.taskId, (task) =>
      checkIntegrity(store, seated(person), (done, total) => task.progress(done, total, '')),
    ),
  'integrity.rebuild': ({ store, tasks }, { argument }) =>
    tasks.run(argument.taskId, (task) =>
      store.rebuild((done, total) => task.progress(done, total, ''), task.signal),
    ),

  'settings.get': async ({ store, axis }) => settings.get(store, await axis.hasSecret()),
  'settings.save-office': async ({ store, axis }, { argument, person }) => {
    settings.saveOffice(store, person, argument);
    await axis.renew();
    return {};
  },
  'settings.save-person': ({ store }, { argument, person }) => {
    settings.savePerson(store, person, argument);
    return {};
  },
  'settings.save-axis': async ({ store, axis }, { argument, person }) => {
    if (argument.secret !== '') await axis.setSecret(argument.secret);
    settings.saveAxis(store, person, argument);
    await axis.renew();
    return {};
  },
  'settings.test-axis': async ({ axis }) => ({ agencies: await axis.test() }),
  'settings.detect-modules': () => detectModules(),
  'settings.diagnose-module': ({ store, keeper }, { argument }) => diagnose(store, keeper, argument.path),
  'settings.add-module': async ({ store, keeper }, { argument, person }) => {
    await settings.addModule(store, person, argument.path);
    await keeper.renew();
    return {};
  },
  'settings.remove-module': async ({ store, keeper }, { argument, person }) => {
    settings.removeModule(store, person, argument.path);
    await keeper.renew();
    return {};
  },
  'settings.add-pkcs12': async ({ store, keeper }, { argument, person }) => {
    await settings.addPkcs12(store, person, argument);
    await keeper.renew();
    return {};
  },
  'settings.remove-pkcs12': async ({ store, keeper }, { argument, person }) => {
    settings.removePkcs12(store, person, argument.sha256);
    await keeper.renew();
    return {};
  },
  'settings.add-roots': ({ store, reader }, { argument, person }) => {
    const result = settings.addRoots(store, person, argument);
    reader.verifyAgain();
    return result;
  },
  'settings.remove-root': ({ store, reader }, { argument, person }) => {
    settings.removeRoot(store, person, argument.sha256);
    reader.verifyAgain();
    return {};
  },
  'settings.save-services': ({ store, proofs }, { argument, person }) => {
    settings.saveServices(store, person, argument);
    proofs.tryNow();
    return {};
  },
  'settings.save-signer-kind': ({ store }, { argument, person }) => {
    settings.saveSignerKind(store, person, argument);
    return {};
  },
  'settings.save-image': ({ store }, { argument, person }) => {
    settings.saveImage(store, person, argument);
    return {};
  },
};
