import type { FileReference } from '../../shared/ipc/call.ts';
import { fileUrl } from '../desk/bridge.ts';

/** Hands a stored file to the person, as a click on a link to it would. */
export function saveFile({ sha256, name }: FileReference): void {
  const link = document.createElement('a');
  link.href = fileUrl(sha256);
  link.download = name;
  link.click();
}
