import { lazy, Suspense, useState } from 'react';
import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  tokens,
} from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { type Aspect, type Verification, worstLight } from '../../shared/domain/verification.ts';
import { useCall } from '../shell/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { ErrorMessage } from './error-message.tsx';
import { texts } from './texts.ts';
import { LightMark, VerdictBadge } from './verdict-badge.tsx';
import { Waiting } from './waiting.tsx';

const VerificationPanel = lazy(async () => ({
  default: (await import('../verification/index.tsx')).VerificationPanel,
}));

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalL,
    width: '100%',
    boxSizing: 'border-box',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    minHeight: '28px',
    padding: `0 ${tokens.spacingHorizontalL}`,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  more: { display: 'inline-flex', marginLeft: 'auto', fontSize: '16px' },
  drawer: { width: 'min(640px, 92vw)' },
});

const aspects: readonly Aspect[] = ['signer', 'integrity', 'validity'];

/** The three lights of a file, the worst of its signatures each; the whole result is one click away. */
export function VerificationStrip({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [open, setOpen] = useState(false);
  const { data, failure, slow, reload } = useCall('verification.of', { sha256 }, ['verification']);
  if (failure) return <ErrorMessage failure={failure} onRetry={reload} />;
  if (!data) return slow ? <Waiting label={words.verifying} /> : <div className={styles.strip} />;
  return (
    <>
      <button
        type="button"
        className={styles.strip}
        aria-haspopup="dialog"
        title={words.verification}
        onClick={() => setOpen(true)}
      >
        <Lights verification={data} />
        <span className={styles.more} aria-hidden>
          <ChevronRightRegular />
        </span>
      </button>
      <OverlayDrawer
        className={styles.drawer}
        position="end"
        open={open}
        onOpenChange={(_, drawer) => setOpen(drawer.open)}
      >
        <DrawerHeader>
          <DrawerHeaderTitle
            action={
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={words.close}
                onClick={() => setOpen(false)}
              />
            }
          >
            {words.verification}
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody>
          <Suspense fallback={<Waiting />}>
            <VerificationPanel sha256={sha256} />
          </Suspense>
        </DrawerBody>
      </OverlayDrawer>
    </>
  );
}

function Lights({ verification }: { readonly verification: Verification }) {
  const words = useTexts(texts);
  const signatures = verification.signatures.filter(({ kind }) => kind === 'signature');
  if (signatures.length === 0) return <VerdictBadge verdict={verification.verdict} />;
  return aspects.map((aspect) => {
    const light = worstLight(signatures.map(({ lights }) => lights[aspect]));
    const note = aspect === 'validity' && light !== 'good' && noteOf(signatures, words.validityNotes);
    return (
      <LightMark key={aspect} light={light}>
        {note || words.lights[aspect][light]}
      </LightMark>
    );
  });
}

/** What keeps validity from being good, in few words: the gravest of the findings that have such words. */
function noteOf(
  signatures: Verification['signatures'],
  notes: Readonly<Record<string, string>>,
): string | undefined {
  const found = new Set<string>(signatures.flatMap(({ findings }) => findings.map(({ code }) => code)));
  const gravest = Object.keys(notes).find((code) => found.has(code));
  return gravest && notes[gravest];
}
