import type { RefObject } from 'react';
import { MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { TokenInfo } from '../../shared/domain/token.ts';
import { longestPin, PinInput } from '../components/pin-input.tsx';
import { useSession } from '../desk/use-session.ts';
import { useTexts } from '../texts/language.ts';
import { limitsOf } from './pin-limits.ts';
import { texts } from './texts.ts';

/** What the token says before anybody types: one try left is in red, above the field. */
export function PinWarnings({ token }: { readonly token: TokenInfo }) {
  const words = useTexts(texts).pin;
  const { finalTry, countLow } = token.pin;
  if (finalTry) {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{words.finalTry}</MessageBarBody>
      </MessageBar>
    );
  }
  return countLow ? (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{words.countLow}</MessageBarBody>
    </MessageBar>
  ) : null;
}

/** The PIN of a token, with the lengths it takes and, in the demo, the PIN itself. */
export function PinField({
  token,
  input,
  disabled,
  onLength,
}: {
  readonly token: TokenInfo;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly disabled: boolean;
  readonly onLength: (length: number) => void;
}) {
  const words = useTexts(texts).pin;
  const { demo } = useSession();
  const { least, most } = limitsOf(token.pin);
  const shown = demo?.tokens.find(({ label }) => label === token.label);
  const hint =
    most !== null
      ? words.length(String(least), String(most))
      : least > 1
        ? words.atLeast(String(least))
        : undefined;
  return (
    <>
      <PinInput
        label={words.label}
        hint={hint}
        input={input}
        maxLength={most ?? longestPin}
        disabled={disabled}
        onLength={onLength}
      />
      {shown && <Text weight="semibold">{words.demo(shown.pin)}</Text>}
    </>
  );
}
