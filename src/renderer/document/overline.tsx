import type { ReactNode } from 'react';
import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Urgency } from '../../shared/domain/states.ts';
import { showDay } from '../../shared/text/dates.ts';
import { smallWindow } from '../components/small-window.ts';
import { UrgencyBadge } from '../components/urgency-badge.tsx';

const useStyles = makeStyles({
  root: {
    minWidth: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    [smallWindow]: { flexWrap: 'nowrap', overflow: 'hidden', '& > *': { whiteSpace: 'nowrap' } },
  },
  // Where there is but one line, this is what ends in dots.
  about: { overflow: 'hidden', textOverflow: 'ellipsis', [smallWindow]: { minWidth: 0 } },
  state: { flex: 'none' },
  code: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
});

/** The line above a document's subject: how urgent, number and notation, date, what it is about, where it stands. */
export function DocumentOverline({
  document: { urgency, code, issuedDate },
  noCode = '',
  about,
  state,
  children,
}: {
  readonly document: {
    readonly urgency: Urgency;
    readonly code: string;
    readonly issuedDate: string | null;
  };
  /** What stands for the number while there is none. */
  readonly noCode?: string;
  /** Who sent it, or of what kind it is. */
  readonly about: string;
  readonly state: string;
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <UrgencyBadge urgency={urgency} />
      {code ? <span className={styles.code}>{code}</span> : <Text>{noCode}</Text>}
      {issuedDate && <Text>{showDay(issuedDate)}</Text>}
      <Text className={styles.about} title={about}>
        {about}
      </Text>
      <Badge className={styles.state} appearance="tint" color="informative" shape="rounded">
        {state}
      </Badge>
      {children}
    </div>
  );
}
