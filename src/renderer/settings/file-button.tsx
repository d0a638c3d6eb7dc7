import { useRef } from 'react';
import { Button } from '@fluentui/react-components';

/** A button that opens the file dialog; the chosen file is handed on and may be chosen again. */
export function FileButton({
  label,
  name = label,
  accept,
  disabled,
  onFile,
}: {
  readonly label: string;
  /** Said instead of the label where several buttons have the same one. */
  readonly name?: string;
  readonly accept: string;
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        tabIndex={-1}
        aria-label={name}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <Button disabled={disabled} aria-label={name} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
