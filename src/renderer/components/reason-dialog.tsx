import { type ReactNode, useState } from 'react';
import { Field, Textarea } from '@fluentui/react-components';
import { ActDialog } from './act-dialog.tsx';

/** As the contract has it for every reason: shorter is no reason, longer is a letter. */
const shortest = 5;
const longest = 500;

/** An act that must be given a reason: it is kept in the journal, and told to whom it concerns. */
export function ReasonDialog({
  title,
  action,
  label,
  hint,
  careful = false,
  act,
  onClose,
  children,
}: {
  readonly title: string;
  readonly action: string;
  /** Of the field. */
  readonly label: string;
  readonly hint?: string;
  readonly careful?: boolean;
  readonly act: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
  /** What is to be known before, above the field. */
  readonly children?: ReactNode;
}) {
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={title}
      action={action}
      careful={careful}
      ready={reason.trim().length >= shortest}
      act={async () => {
        await act(reason);
      }}
      onClose={onClose}
    >
      {children}
      <Field label={label} {...(hint !== undefined && { hint })} required>
        <Textarea value={reason} maxLength={longest} rows={3} onChange={(_, { value }) => setReason(value)} />
      </Field>
    </ActDialog>
  );
}
