import { useState } from 'react';
import { type Act, useAct } from '../desk/use-call.ts';

export interface Form<T> {
  readonly values: T;
  readonly set: <K extends keyof T>(field: K, value: T[K]) => void;
  /** What somebody has typed in: nothing is wrong with a field before. */
  readonly touched: ReadonlySet<keyof T>;
  readonly saving: Act<[]>;
  /** Saved, and not touched since. */
  readonly saved: boolean;
}

/** Fields being filled in, and their saving; `save` gives the fields as they stand afterwards. */
export function useForm<T extends object>(initial: T, save: (values: T) => Promise<T>): Form<T> {
  const [values, setValues] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<keyof T>>(new Set());
  const [saved, setSaved] = useState(false);
  const saving = useAct(async () => {
    setValues(await save(values));
    setSaved(true);
  });
  return {
    values,
    set: (field, value) => {
      setSaved(false);
      setTouched((old) => new Set(old).add(field));
      setValues((old) => ({ ...old, [field]: value }));
    },
    touched,
    saving,
    saved,
  };
}
