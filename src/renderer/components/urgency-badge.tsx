import { Badge, makeStyles } from '@fluentui/react-components';
import type { Urgency } from '../../shared/domain/states.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

// Whatever stands beside it gives way.
const useStyles = makeStyles({ whole: { flex: 'none', whiteSpace: 'nowrap' } });

/** Khẩn, Thượng khẩn, Hỏa tốc; nothing for an ordinary document. */
export function UrgencyBadge({ urgency }: { readonly urgency: Urgency }) {
  const styles = useStyles();
  const words = useTexts(texts);
  if (urgency === 'normal') return null;
  return (
    <Badge
      className={styles.whole}
      appearance={urgency === 'urgent' ? 'tint' : 'filled'}
      color="danger"
      shape="rounded"
      size="medium"
    >
      {words.urgency[urgency]}
    </Badge>
  );
}
