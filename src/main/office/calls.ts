import type { CallName } from '../../shared/ipc/index.ts';
import type { OfficeCall } from './common/calls.ts';
import { agencyCalls, exchangeCalls } from './exchange/calls.ts';
import { historyCalls } from './history/calls.ts';
import { incomingCalls } from './incoming/calls.ts';
import { integrityCalls } from './integrity/calls.ts';
import { outgoingCalls } from './outgoing/calls.ts';
import { registerCalls } from './register/calls.ts';
import { searchCalls } from './search/calls.ts';
import type { DeskServices } from './services.ts';
import { sessionCalls } from './session/calls.ts';
import { settingsCalls } from './settings/calls.ts';
import { signingCalls } from './signing/calls.ts';
import { fileActCalls } from './signing/file-act-calls.ts';
import { taskCalls } from './tasks/calls.ts';
import { todayCalls } from './today/calls.ts';
import { verificationCalls } from './verification/calls.ts';
import { fileCalls } from './verification/file-calls.ts';

/** Every call of the contract with what it needs and who answers it: the features' own, merged. */
export const calls: { readonly [N in CallName]: OfficeCall<N, DeskServices> } = {
  ...sessionCalls,
  ...todayCalls,
  ...incomingCalls,
  ...outgoingCalls,
  ...fileCalls,
  ...signingCalls,
  ...fileActCalls,
  ...verificationCalls,
  ...exchangeCalls,
  ...agencyCalls,
  ...registerCalls,
  ...searchCalls,
  ...historyCalls,
  ...integrityCalls,
  ...settingsCalls,
  ...taskCalls,
};
