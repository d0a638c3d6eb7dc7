import type { NumberedKind } from '../../shared/domain/records.ts';
import type { HeaderAction } from '../components/page-header.tsx';
import { go } from '../navigation/route.ts';

/** Copying a document under the agency's signature, for those who may: one action, or none. */
export function copyAction(
  kind: NumberedKind,
  { id, fileActs }: { readonly id: string; readonly fileActs: readonly string[] },
  label: string,
): readonly HeaderAction[] {
  if (!fileActs.includes('copy')) return [];
  return [{ key: 'copy', label, onClick: () => go('signing', id, { copy: kind }) }];
}
