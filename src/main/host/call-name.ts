import { type CallName, ipc } from '../../shared/ipc/index.ts';

export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(ipc, name);
}
