import { grantOf } from '../../../shared/domain/permissions.ts';
import type { Person } from '../../../shared/domain/people.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { officeEvents } from '../events/office.ts';
import { importedRoots, people, personById } from '../queries/office.ts';
import { byAnyone, byProgram, byRight, requireRight, type Guards } from './guard.ts';

const manages = ({ active, role }: Person) => active && grantOf(role, 'settings.change') !== undefined;

/** Who may set up the office and this PC. */
export const officeGuards: Guards<typeof officeEvents> = {
  'office.saved': byRight('settings.change'),
  /** Nobody may be left unable to change the settings. */
  'person.saved'(tables, actor, { subject, data }) {
    requireRight(tables, actor, 'settings.change');
    const everyone = people(tables);
    const others = everyone.filter(({ id }) => id !== subject);
    if (everyone.length > 0 && ![...others, data].some(manages))
      throw new DeskError('documents.last-manager');
  },
  'person.sat-down': byAnyone,
  'access.denied': byAnyone,
  'axis.saved': byRight('settings.change'),
  'module.added': byRight('settings.change'),
  'module.removed': byRight('settings.change'),
  'pkcs12.added': byRight('settings.change'),
  'pkcs12.removed': byRight('settings.change'),
  'token.learned': byRight('file.sign'),
  'root.added'(tables, actor, { data }) {
    requireRight(tables, actor, 'settings.change');
    if (importedRoots(tables).some(({ sha256 }) => sha256 === data.sha256))
      throw new DeskError('documents.wrong-state');
  },
  'root.removed': byRight('settings.change'),
  'authority.met': byProgram,
  'services.saved': byRight('settings.change'),
  'signer-kind.saved': byRight('settings.change'),
  'image.saved'(tables, actor, { subject }) {
    requireRight(tables, actor, 'settings.change');
    if (subject !== 'seal' && !personById(tables, subject)) throw new DeskError('documents.no-such-person');
  },
  'integrity.checked': byRight('journal.check'),
};
