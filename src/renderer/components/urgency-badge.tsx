import { Badge } from '@fluentui/react-components';
import type { Urgency } from '../../shared/domain/states.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

/** Khẩn, Thượng khẩn, Hỏa tốc; nothing for an ordinary document. */
export function UrgencyBadge({ urgency }: { readonly urgency: Urgency }) {
  const words = useTexts(texts);
  if (urgency === 'normal') return null;
  return (
    <Badge appearance={urgency === 'urgent' ? 'tint' : 'filled'} color="danger" shape="rounded" size="medium">
      {words.urgency[urgency]}
    </Badge>
  );
}
