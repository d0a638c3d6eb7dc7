import { type Aspect, type Verification, worstLight } from '../../shared/domain/verification.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from '../components/texts.ts';
import { LightMark, VerdictBadge } from '../components/verdict-badge.tsx';

export const aspects: readonly Aspect[] = ['signer', 'integrity', 'validity'];

/** The three lights of a file, the worst of its signatures each. */
export function Lights({ verification }: { readonly verification: Verification }) {
  const words = useTexts(texts);
  const signatures = verification.signatures.filter(({ kind }) => kind === 'signature');
  // Not read yet is not unreadable: nothing is wrong with it.
  if (verification.reasons[0]?.params['code'] === 'pdf.password-needed')
    return <LightMark light="unknown">{words.password.unread}</LightMark>;
  if (signatures.length === 0) return <VerdictBadge {...verification} />;
  return aspects.map((aspect) => {
    const light = worstLight(signatures.map(({ lights }) => lights[aspect]));
    const note = light !== 'good' && noteOf(aspect, signatures, words.lightNotes);
    return (
      <LightMark key={aspect} light={light}>
        {note || words.lights[aspect][light]}
      </LightMark>
    );
  });
}

/** What keeps a light from being good, in few words: the gravest of the findings that have such words. */
function noteOf(
  aspect: Aspect,
  signatures: Verification['signatures'],
  notes: Readonly<Record<string, string>>,
): string | undefined {
  const found = new Set<string>(
    signatures.flatMap(({ findings }) =>
      findings.filter((finding) => finding.aspect === aspect).map(({ code }) => code),
    ),
  );
  const gravest = Object.keys(notes).find((code) => found.has(code));
  return gravest && notes[gravest];
}
