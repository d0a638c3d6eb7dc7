import { lazy, Suspense, useState } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useCall } from '../desk/use-call.ts';
import { useTexts } from '../texts/language.ts';
import { Lights } from './lights.tsx';
import { NotVerified } from './not-verified.tsx';
import { smallWindow } from '../components/small-window.ts';
import { SideDrawer } from '../components/side-drawer.tsx';
import { texts } from '../components/texts.ts';
import { Waiting } from '../components/waiting.tsx';

const VerificationPanel = lazy(async () => ({
  default: (await import('./index.tsx')).VerificationPanel,
}));

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    alignItems: 'center',
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
    [smallWindow]: { minHeight: '24px' },
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  lights: {
    flex: '1 1 0',
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalL,
    [smallWindow]: { columnGap: tokens.spacingHorizontalS },
  },
  // As high as the lights that will stand here.
  place: { minHeight: '28px', padding: `0 ${tokens.spacingHorizontalL}` },
  more: { display: 'inline-flex', fontSize: '16px' },
});

/** The three lights of a file; the whole result is one click away. */
export function VerificationStrip({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const [open, setOpen] = useState(false);
  const { data, ...asked } = useCall('verification.of', { sha256 }, ['verification']);
  if (!data)
    return (
      <div className={styles.place}>
        <NotVerified sha256={sha256} {...asked} />
      </div>
    );
  return (
    <>
      <button
        type="button"
        className={styles.strip}
        aria-haspopup="dialog"
        title={words.verification}
        onClick={() => setOpen(true)}
      >
        <span className={styles.lights}>
          <Lights verification={data} />
        </span>
        <span className={styles.more} aria-hidden>
          <ChevronRightRegular />
        </span>
      </button>
      {open && (
        <SideDrawer title={words.verification} onClose={() => setOpen(false)}>
          <Suspense fallback={<Waiting />}>
            <VerificationPanel sha256={sha256} />
          </Suspense>
        </SideDrawer>
      )}
    </>
  );
}
