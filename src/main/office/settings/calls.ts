import { numberedTopics } from '../../../shared/domain/records.ts';
import { detectModules } from '../../token/detect.ts';
import type { Store } from '../../store/index.ts';
import type { CallsOf, TopicsOf } from '../common/calls.ts';
import type { AxisLine } from '../exchange/axis-line.ts';
import { diagnose } from '../signing/diagnosis.ts';
import type { TokenKeeper } from '../signing/token-keeper.ts';
import * as settings from './settings.ts';

interface Services {
  readonly store: Store;
  readonly axis: AxisLine;
  readonly keeper: TokenKeeper;
  readonly reader: { verifyAgain(): void };
  readonly proofs: { tryNow(): void };
}

export const settingsCalls: CallsOf<'settings', Services> = {
  'settings.get': {
    need: 'settings.view',
    answer: async ({ store, axis }) => settings.get(store, await axis.hasSecret()),
  },
  'settings.save-office': {
    need: 'settings.change',
    answer: async ({ store, axis }, { argument, person }) => {
      settings.saveOffice(store, person, argument);
      await axis.renew();
      return {};
    },
  },
  'settings.save-person': {
    need: 'settings.change',
    answer: ({ store }, { argument, person }) => {
      settings.savePerson(store, person, argument);
      return {};
    },
  },
  'settings.save-axis': {
    need: 'settings.change',
    answer: async ({ store, axis }, { argument, person }) => {
      if (argument.secret !== '') await axis.setSecret(argument.secret);
      settings.saveAxis(store, person, argument);
      await axis.renew();
      return {};
    },
  },
  'settings.test-axis': {
    need: 'settings.change',
    answer: async ({ axis }) => ({ agencies: await axis.test() }),
  },
  'settings.detect-modules': {
    need: 'settings.change',
    answer: () => detectModules(),
  },
  'settings.diagnose-module': {
    need: 'settings.change',
    answer: ({ store, keeper }, { argument }) => diagnose(store, keeper, argument.path),
  },
  'settings.add-module': {
    need: 'settings.change',
    answer: async ({ store, keeper }, { argument, person }) => {
      await settings.addModule(store, person, argument.path);
      await keeper.renew();
      return {};
    },
  },
  'settings.remove-module': {
    need: 'settings.change',
    answer: async ({ store, keeper }, { argument, person }) => {
      settings.removeModule(store, person, argument.path);
      await keeper.renew();
      return {};
    },
  },
  'settings.add-pkcs12': {
    need: 'settings.change',
    answer: async ({ store, keeper }, { argument, person }) => {
      await settings.addPkcs12(store, person, argument);
      await keeper.renew();
      return {};
    },
  },
  'settings.remove-pkcs12': {
    need: 'settings.change',
    answer: async ({ store, keeper }, { argument, person }) => {
      settings.removePkcs12(store, person, argument.sha256);
      await keeper.renew();
      return {};
    },
  },
  'settings.add-roots': {
    need: 'settings.change',
    answer: ({ store, reader }, { argument, person }) => {
      const result = settings.addRoots(store, person, argument);
      reader.verifyAgain();
      return result;
    },
  },
  'settings.remove-root': {
    need: 'settings.change',
    answer: ({ store, reader }, { argument, person }) => {
      settings.removeRoot(store, person, argument.sha256);
      reader.verifyAgain();
      return {};
    },
  },
  'settings.save-services': {
    need: 'settings.change',
    answer: ({ store, proofs }, { argument, person }) => {
      settings.saveServices(store, person, argument);
      proofs.tryNow();
      return {};
    },
  },
  'settings.save-signer-kind': {
    need: 'settings.change',
    answer: ({ store }, { argument, person }) => {
      settings.saveSignerKind(store, person, argument);
      return {};
    },
  },
  'settings.save-image': {
    need: 'settings.change',
    answer: async ({ store }, { argument, person }) => {
      await settings.saveImage(store, person, argument);
      return {};
    },
  },
};

type SettingsKind =
  'office' | 'axis' | 'module' | 'pkcs12' | 'root' | 'authority' | 'services' | 'signer-kind' | 'image';

export const settingsTopics: TopicsOf<SettingsKind> = {
  'office.saved': ['settings', 'session'],
  'axis.saved': ['settings', 'exchange'],
  'module.added': ['settings', 'tokens'],
  'module.removed': ['settings', 'tokens'],
  'pkcs12.added': ['settings', 'tokens'],
  'pkcs12.removed': ['settings', 'tokens'],
  'root.added': ['settings'],
  'root.removed': ['settings'],
  'authority.met': [],
  'services.saved': ['settings'],
  'signer-kind.saved': ['settings', ...numberedTopics],
  'image.saved': ['settings'],
};
